// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.state;

import org.myrhiza.bytes.Bytes;

/** One key with its value. */
public record StateEntry(Bytes key, Bytes value) {}
