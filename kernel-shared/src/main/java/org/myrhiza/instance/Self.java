// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.instance;

import org.myrhiza.identity.PublicKey;

/**
 * Who this installation is when it writes.
 *
 * @param principal the user's long-term key
 * @param signer this installation's key
 * @param deviceName the name that its certificates carry
 * @param mayAuthor whether it may write at all
 */
public record Self(PublicKey principal, PublicKey signer, String deviceName, boolean mayAuthor) {}
