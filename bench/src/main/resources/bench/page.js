// SPDX-License-Identifier: AGPL-3.0-only
// Starts the worker, gives it the bundle, and shows its answer as attributes of the document.
const shown = document.documentElement.dataset;
const worker = new Worker('worker.js', { type: 'module' });
const bundle = await (await fetch('counter.bundle')).arrayBuffer();
worker.onerror = (event) => (shown.failed = event.message || 'the worker did not load');
worker.onmessage = ({ data }) => {
  if (data.type === 'listening') {
    const calls = Number(new URLSearchParams(location.search).get('calls'));
    worker.postMessage({ type: 'bundle', token: calls, text: '', bytes: new Int8Array(bundle) });
  } else {
    shown[data.type] = data.text;
  }
};
worker.postMessage({ type: 'begin', token: 0, text: '', bytes: new Int8Array(0) });
