// SPDX-License-Identifier: AGPL-3.0-only
/**
 * Component values as the host holds them, and as people write them; their types are said
 * elsewhere.
 */
@NullMarked
package org.myrhiza.wasm.value;

import org.jspecify.annotations.NullMarked;
