// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.kernel;

import java.util.List;
import org.myrhiza.bytes.Codec;
import org.myrhiza.identity.PublicKey;

/**
 * What the platform knows when a kernel starts.
 *
 * @param keys the installation's public keys
 * @param deviceName the name that goes into certificates, at most 64 bytes
 * @param mayAuthor whether this kernel may sign; false in a second tab
 * @param relays relay URLs for new topics
 * @param listen addresses, {@code host:port}, at which this installation can be dialled
 */
public record Settings(
    Keys keys, String deviceName, boolean mayAuthor, List<String> relays, List<String> listen) {
  private static final Codec<String> TEXT =
      Codec.of((w, text) -> w.text(text, Limits.TEXT_BYTES), r -> r.text(Limits.TEXT_BYTES));

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
          },
          r ->
              new Settings(
                  new Keys(
                      PublicKey.CODEC.read(r), PublicKey.CODEC.read(r), PublicKey.CODEC.read(r)),
                  r.text(Limits.TEXT_BYTES),
                  r.flag(),
                  r.list(Limits.LIST, TEXT),
                  r.list(Limits.LIST, TEXT)));

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
}
