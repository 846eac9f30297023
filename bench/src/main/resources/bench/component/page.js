// SPDX-License-Identifier: AGPL-3.0-only
// Starts the worker, says what to measure, and shows its answer as attributes of the document.
const shown = document.documentElement.dataset;
const worker = new Worker('worker.js', { type: 'module' });
worker.onerror = (event) => (shown.failed = event.message || 'the worker did not load');
worker.onmessage = ({ data }) => (shown[data.type] = data.text);
worker.postMessage(new URLSearchParams(location.search).get('measure'));
