// SPDX-License-Identifier: AGPL-3.0-only
// The worker's entry: fetches all files first, so that nothing is loaded while time is taken.
import * as rival from './rival.js';

const FILES = [
  'calls.wasm', 'tallies.wasm', 'kernels-1.wasm', 'kernels-17.wasm',
  'work-50k.wasm', 'work-1m.wasm',
];

self.onmessage = async ({ data }) => {
  try {
    if (data === 'glue') {
      self.postMessage({ type: 'result', text: await rival.glue() });
      return;
    }
    await rival.load();
    const measurements = await import('./components.js');
    measurements.main([]);
    for (const name of FILES) {
      const answer = await fetch(name);
      const bytes = new Int8Array(await answer.arrayBuffer());
      globalThis.myrhizaReceive({ type: 'file', text: name, bytes });
    }
    globalThis.myrhizaReceive({ type: 'measure', text: data });
  } catch (error) {
    self.postMessage({ type: 'failed', text: String(error) });
  }
};
