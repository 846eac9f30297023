// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.guest;

import org.myrhiza.bytes.Bytes;

/**
 * A rewritten core module, to be prepared by the engine before the first call.
 *
 * @param hash BLAKE3 of the code, 32 bytes
 * @param code the module
 */
public record CoreCode(Bytes hash, Bytes code) {}
