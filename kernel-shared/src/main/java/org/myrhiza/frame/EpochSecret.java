// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.frame;

import org.myrhiza.bytes.Bytes;
import org.myrhiza.hash.HashContext;
import org.myrhiza.identity.PublicKey;

/**
 * The secret that the members of a topic share during one epoch. Who holds it can find the channel,
 * open and seal frames. It never appears in a log line: its text form is redacted.
 */
public final class EpochSecret {
  private static final HashContext CHANNEL = HashContext.of("channel");
  private static final HashContext FRAME_KEY = HashContext.of("frame key");

  private final Bytes bytes;
  private final ChannelId channel;

  private EpochSecret(Bytes bytes) {
    this.bytes = bytes;
    this.channel = new ChannelId(CHANNEL.hash(bytes));
  }

  /**
   * Wraps a secret.
   *
   * @param bytes {@link Limits#KEY_BYTES} bytes of entropy
   * @throws IllegalArgumentException if the length is another
   */
  public static EpochSecret of(Bytes bytes) {
    Limits.checkKeySize("epoch secret", bytes);
    return new EpochSecret(bytes);
  }

  /** Returns the secret itself, to be stored or handed over under seal. */
  public Bytes bytes() {
    return bytes;
  }

  /** Returns the channel of this epoch: {@code H("channel", secret)}. */
  public ChannelId channel() {
    return channel;
  }

  /** Returns the key of a sender's session: {@code H("frame key", secret, sender, session)}. */
  Bytes frameKey(PublicKey sender, Bytes session) {
    return FRAME_KEY.hash(Bytes.concat(bytes, sender.bytes(), session));
  }

  /** Compares in time that does not depend on the contents. */
  @Override
  public boolean equals(Object other) {
    if (!(other instanceof EpochSecret that)) {
      return false;
    }
    int difference = 0;
    for (int i = 0; i < Limits.KEY_BYTES; i++) {
      difference |= bytes.at(i) ^ that.bytes.at(i);
    }
    return difference == 0;
  }

  @Override
  public int hashCode() {
    return channel.hashCode();
  }

  /** Returns a text without the secret. */
  @Override
  public String toString() {
    return "EpochSecret[redacted]";
  }
}
