// SPDX-License-Identifier: AGPL-3.0-only

/**
 * The control socket: how another process of the same user gives commands to a running peer.
 *
 * <p>A Unix domain socket inside the data folder, owner only. A connection carries one command at a
 * time. A message is its length (u32, of what follows), a version byte 0, a type byte and a body:
 *
 * <ol>
 *   <li>{@code command}: client to peer, a canonical command;
 *   <li>{@code reply}: peer to client, a canonical reply; ends the command;
 *   <li>{@code ask}: peer to client, bundle id, name and summary of a consent;
 *   <li>{@code consent}: client to peer, a flag.
 * </ol>
 *
 * A client that closes its connection while a command runs takes the command back.
 */
@NullMarked
package org.myrhiza.jvm.control;

import org.jspecify.annotations.NullMarked;
