// SPDX-License-Identifier: AGPL-3.0-only
// Starts the page; guard.js says so where this fails.
import { main } from './page.js';

main([new URL('worker.js', import.meta.url).href]);
