// SPDX-License-Identifier: AGPL-3.0-only
// The worker's entry: hands messages to the compiled Java, which says when it listens.
import { main } from './tools.js';

main([]);
self.onmessage = (event) => globalThis.myrhizaReceive(event.data);
