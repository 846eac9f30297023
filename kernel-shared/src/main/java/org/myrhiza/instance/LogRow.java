// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.instance;

import org.myrhiza.bytes.Codec;
import org.myrhiza.event.Clock;
import org.myrhiza.event.EventId;
import org.myrhiza.identity.PublicKey;

/**
 * One event as {@code app log} shows it.
 *
 * @param event its id
 * @param principal the long-term key above its signer
 * @param signer the key that signed it
 * @param seq its number in the signer's chain
 * @param depth its depth
 * @param clock the author's clock
 * @param content its kind and, of an app event, its tag
 * @param verdict {@code accepted}, {@code rejected}, {@code waiting} or {@code none}
 * @param reason why it was rejected; local, may differ between peers
 */
public record LogRow(
    EventId event,
    PublicKey principal,
    PublicKey signer,
    long seq,
    long depth,
    Clock clock,
    Content content,
    String verdict,
    String reason) {

  /**
   * What an event carries.
   *
   * @param kind {@code app}, {@code genesis}, {@code join}, …
   * @param tag the payload tag of an app event, else 0
   */
  public record Content(String kind, int tag) {}

  /** Canonical form, fields in order. */
  public static final Codec<LogRow> CODEC =
      Codec.of(
          (w, row) -> {
            EventId.CODEC.write(w, row.event);
            PublicKey.CODEC.write(w, row.principal);
            PublicKey.CODEC.write(w, row.signer);
            w.leb(row.seq);
            w.leb(row.depth);
            Clock.CODEC.write(w, row.clock);
            w.text(row.content.kind, Limits.TEXT_BYTES);
            w.leb(Integer.toUnsignedLong(row.content.tag));
            w.text(row.verdict, Limits.TEXT_BYTES);
            w.text(row.reason, Limits.TEXT_BYTES);
          },
          r ->
              new LogRow(
                  EventId.CODEC.read(r),
                  PublicKey.CODEC.read(r),
                  PublicKey.CODEC.read(r),
                  r.leb(),
                  r.leb(),
                  Clock.CODEC.read(r),
                  new Content(r.text(Limits.TEXT_BYTES), (int) r.leb()),
                  r.text(Limits.TEXT_BYTES),
                  r.text(Limits.TEXT_BYTES)));
}
