// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.instance;

import java.util.List;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Codec;
import org.myrhiza.event.BundleId;
import org.myrhiza.event.TopicId;

/**
 * An instance at one moment.
 *
 * @param instance its topic
 * @param name its local name
 * @param bundle the bundle that it runs
 * @param bundleName the bundle's own name
 * @param digest 32 bytes, root of the state after the materialised events
 * @param counts what it holds
 * @param peers links on which its channel is shared now
 * @param sync how it stands with its peers
 * @param toCome events that are still to come while syncing, as far as peers say and were not found
 *     to exaggerate; 0 when nobody said; from 0 to 2^31 - 1
 * @param note why it does not materialise or what it waits for; empty when all is well
 */
public record InstanceStatus(
    TopicId instance,
    String name,
    BundleId bundle,
    String bundleName,
    Bytes digest,
    EventCounts counts,
    int peers,
    SyncState sync,
    long toCome,
    String note) {
  private static final List<SyncState> STATES = List.of(SyncState.values());
  private static final Codec<Bytes> DIGEST = Codec.fixed(org.myrhiza.bytes.Limits.ID_BYTES);

  /** Canonical form, fields in order. */
  public static final Codec<InstanceStatus> CODEC =
      Codec.of(
          (w, status) -> {
            TopicId.CODEC.write(w, status.instance);
            w.text(status.name, Limits.TEXT_BYTES);
            BundleId.CODEC.write(w, status.bundle);
            w.text(status.bundleName, Limits.TEXT_BYTES);
            DIGEST.write(w, status.digest);
            EventCounts.CODEC.write(w, status.counts);
            w.leb(status.peers);
            w.u8(STATES.indexOf(status.sync));
            w.leb(status.toCome);
            w.text(status.note, Limits.TEXT_BYTES);
          },
          r ->
              new InstanceStatus(
                  TopicId.CODEC.read(r),
                  r.text(Limits.TEXT_BYTES),
                  BundleId.CODEC.read(r),
                  r.text(Limits.TEXT_BYTES),
                  DIGEST.read(r),
                  EventCounts.CODEC.read(r),
                  r.at("peers").lebInt(Integer.MAX_VALUE),
                  STATES.get(r.choice(STATES.size())),
                  r.at("events to come").lebLong(0, Integer.MAX_VALUE),
                  r.text(Limits.TEXT_BYTES)));

  /** Whether it is known how many events are still to come. */
  public boolean hasProgress() {
    return sync == SyncState.SYNCING && toCome > 0;
  }

  /** Events that there will be when those that are to come are here. */
  public long total() {
    return counts.events() + toCome;
  }
}
