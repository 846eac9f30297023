// SPDX-License-Identifier: AGPL-3.0-only
// Starts the page; a failure to load says so instead of leaving it blank.
import { main } from './page.js';

try {
  main([new URL('worker.js', import.meta.url).href]);
} catch (error) {
  const problem = document.getElementById('problem');
  problem.textContent = `The page did not start: ${error}. Reload it, or use a current browser.`;
  problem.hidden = false;
}
