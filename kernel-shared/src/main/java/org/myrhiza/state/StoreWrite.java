// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.state;

import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;

/**
 * One change of the store: a value to set, or null to remove the key.
 *
 * @param key the whole store key, its first byte names the kind of record
 * @param value version byte and content, or null
 */
public record StoreWrite(Bytes key, @Nullable Bytes value) {}
