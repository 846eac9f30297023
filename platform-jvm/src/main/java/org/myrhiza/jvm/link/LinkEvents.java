// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.link;

import org.myrhiza.bytes.Bytes;
import org.myrhiza.frame.ChannelId;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.kernel.LinkKind;

/**
 * Hears what happens on links. Called on the one thread of {@link Links}, never concurrently; it
 * must not block. A link's number is never given twice in a run.
 */
public interface LinkEvents {
  /**
   * A link is up: the remote proved its key.
   *
   * @param dialled whether this side dialled it; false on relays
   */
  void linkUp(long link, PublicKey remote, LinkKind kind, boolean dialled);

  /** A link is gone; nothing more comes from it. */
  void linkDown(long link, String reason);

  /** A {@link Links#dial} did not lead to a link of its own. */
  void dialFailed(PublicKey remote, String address, String reason);

  /** The remote of a relay link is in this channel of ours. */
  void memberJoined(long link, ChannelId channel);

  /** The remote of a relay link is in this channel no longer. */
  void memberLeft(long link, ChannelId channel);

  /** A relay was reached or lost, or answers with a refusal that a person should know. */
  void relayState(String url, boolean up, String reason);

  /**
   * A frame came.
   *
   * @param taken to be run, on any thread, when the frame left the receiver's queue: a link with
   *     too much untaken is not read further
   */
  void frameArrived(long link, Bytes frame, Runnable taken);
}
