// SPDX-License-Identifier: AGPL-3.0-only
// Starts the worker that runs the suites; says on the page and to the server if it cannot.
const worker = new Worker('/worker.js' + location.search, { type: 'module' });
worker.onerror = (event) => {
  const text = event.message || 'the worker did not load';
  document.getElementById('status').textContent = text;
  fetch('/broken', { method: 'POST', body: text });
};
