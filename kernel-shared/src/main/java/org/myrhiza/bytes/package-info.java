// SPDX-License-Identifier: AGPL-3.0-only
/**
 * Byte strings and their one canonical form: immutable {@code Bytes} in unsigned order, the strict
 * writer and reader that every stored, sent, hashed or signed structure goes through, and bech32m
 * text.
 */
@NullMarked
package org.myrhiza.bytes;

import org.jspecify.annotations.NullMarked;
