// SPDX-License-Identifier: AGPL-3.0-only
/** The commands on WebAssembly components, run in this process. */
@NullMarked
package org.myrhiza.cli.wasm;

import org.jspecify.annotations.NullMarked;
