// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.kernel;

import java.util.List;
import java.util.Optional;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Codec;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.instance.Tuning;

/**
 * What the platform knows when a kernel starts.
 *
 * @param keys the installation's public keys
 * @param deviceName the name that goes into certificates, at most 64 bytes
 * @param mayAuthor whether this kernel may sign; false in a second tab
 * @param relays relay URLs for new topics
 * @param listen addresses, {@code host:port}, at which this installation can be dialled
 * @param tuning how much is kept in memory
 * @param past what the platform kept of the last run; empty where it keeps nothing of runs
 */
public record Settings(
    Keys keys,
    String deviceName,
    boolean mayAuthor,
    List<String> relays,
    List<String> listen,
    Tuning tuning,
    Optional<Past> past) {
  private static final Codec<String> TEXT =
      Codec.of((w, text) -> w.text(text, Limits.TEXT_BYTES), r -> r.text(Limits.TEXT_BYTES));

  private static final Codec<Past> PAST =
      Codec.of(
          (w, past) -> {
            w.bytes(past.mark, Limits.MARK_BYTES);
            w.flag(past.clean);
          },
          r -> new Past(r.bytes(Limits.MARK_BYTES), r.flag()));

  /** Canonical form, fields in order. */
  public static final Codec<Settings> CODEC =
      Codec.of(
          (w, settings) -> {
            PublicKey.CODEC.write(w, settings.keys.longTerm);
            PublicKey.CODEC.write(w, settings.keys.instance);
            PublicKey.CODEC.write(w, settings.keys.transport);
            w.text(settings.deviceName, Limits.TEXT_BYTES);
            w.flag(settings.mayAuthor);
            w.list(settings.relays, Limits.LIST, TEXT);
            w.list(settings.listen, Limits.LIST, TEXT);
            Tuning.CODEC.write(w, settings.tuning);
            w.optional(settings.past, PAST);
          },
          r ->
              new Settings(
                  new Keys(
                      PublicKey.CODEC.read(r), PublicKey.CODEC.read(r), PublicKey.CODEC.read(r)),
                  r.text(Limits.TEXT_BYTES),
                  r.flag(),
                  r.list(Limits.LIST, TEXT),
                  r.list(Limits.LIST, TEXT),
                  Tuning.CODEC.read(r),
                  r.optional(PAST)));

  /** Copies the lists. */
  public Settings {
    relays = List.copyOf(relays);
    listen = List.copyOf(listen);
  }

  /**
   * The public keys of an installation.
   *
   * @param longTerm the user's key
   * @param instance the key that signs this installation's events
   * @param transport the key by which links and relays know it; never an author
   */
  public record Keys(PublicKey longTerm, PublicKey instance, PublicKey transport) {}

  /**
   * What the platform kept of the last run, outside of the store.
   *
   * @param mark what {@link Effect.KeepMark} gave it last, for this store and in this place; empty
   *     if there is no such mark
   * @param clean whether that run ended in order, so that everything it wrote is on disk for sure
   */
  public record Past(Bytes mark, boolean clean) {}
}
