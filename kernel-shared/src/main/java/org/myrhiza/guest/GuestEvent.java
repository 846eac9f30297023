// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.guest;

import org.myrhiza.bytes.Bytes;

/**
 * An event as {@code apply} sees it.
 *
 * @param id 32 bytes
 * @param principal who wrote it, 32 bytes
 * @param signer the key that signed it, 32 bytes
 * @param clockMillis 48 bits
 * @param clockCounter 16 bits
 * @param tag 0 for the creation, else at least 1
 * @param body the app's bytes
 */
public record GuestEvent(
    Bytes id,
    Bytes principal,
    Bytes signer,
    long clockMillis,
    int clockCounter,
    int tag,
    Bytes body) {}
