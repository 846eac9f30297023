// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.kernel;

import org.myrhiza.bytes.Codec;
import org.myrhiza.event.BundleId;
import org.myrhiza.event.TopicId;
import org.myrhiza.frame.Invitation;

/**
 * What the store keeps of an instance besides its events.
 *
 * @param name its local name
 * @param bundle the bundle to which consent was given
 * @param way the topic and how its members are reached, as this installation was invited; with the
 *     one-time secret of the invitation until a join is written
 */
record RoomRecord(String name, BundleId bundle, Invitation way) {
  private static final int VERSION = 0;

  static final Codec<RoomRecord> CODEC =
      Codec.of(
          (w, record) -> {
            w.u8(VERSION);
            Fields.text(w, record.name);
            BundleId.CODEC.write(w, record.bundle);
            Invitation.CODEC.write(w, record.way);
          },
          r -> {
            r.version(VERSION);
            String name = Fields.text(r);
            return new RoomRecord(name, BundleId.CODEC.read(r), Invitation.CODEC.read(r));
          });

  TopicId topic() {
    return way.topic();
  }
}
