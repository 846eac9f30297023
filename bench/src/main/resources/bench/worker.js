// SPDX-License-Identifier: AGPL-3.0-only
// The worker's entry: begins once the page listens, and hands messages to the compiled Java.
const begun = new Promise((resolve) => (self.onmessage = resolve));
import('./calls.js').then(async (calls) => {
  await begun;
  calls.main([]);
  self.onmessage = (event) => globalThis.myrhizaReceive(event.data);
}, (error) => self.postMessage({ type: 'failed', text: String(error) }));
