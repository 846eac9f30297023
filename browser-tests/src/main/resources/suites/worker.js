// SPDX-License-Identifier: AGPL-3.0-only
// The entry of the worker: hands the name of the suite to the compiled Java.
import { main } from '/suites.js';

main([new URLSearchParams(location.search).get('suite') ?? '']);
