// SPDX-License-Identifier: AGPL-3.0-only
// The worker's entry: holds messages back until the kernel listens, then starts it.

const waiting = [];
self.onmessage = (event) => waiting.push(event.data);

import('./kernel.js').then(
  (kernel) => {
    kernel.main([]);
    self.onmessage = (event) => globalThis.myrhizaReceive(event.data);
    for (const data of waiting) {
      globalThis.myrhizaReceive(data);
    }
  },
  (error) => self.postMessage({ type: 'broken', token: 0, text: String(error), bytes: new Int8Array(0) }),
);
