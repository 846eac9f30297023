// SPDX-License-Identifier: AGPL-3.0-only
// Between the driver, which calls `ask` and then `look` until there is something to see, and the
// worker.
const worker = new Worker('worker.js', { type: 'module' });
let seen = null;

worker.onmessage = ({ data }) => (seen = { type: data.type, text: data.text });
worker.onerror = (event) => (seen = { type: 'failed', text: event.message || 'it did not load' });

// One job; its bytes in base64.
globalThis.ask = (type, text, base64) => {
  seen = null;
  const bytes = Int8Array.from(atob(base64), (each) => each.charCodeAt(0));
  worker.postMessage({ type, token: 0, text, bytes });
};

// What came since the last job, or null.
globalThis.look = () => seen;
