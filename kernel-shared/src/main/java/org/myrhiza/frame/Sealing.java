// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.frame;

import org.myrhiza.bytes.Bytes;
import org.myrhiza.identity.PublicKey;

/**
 * One sender's session in one epoch of a topic: seals plaintexts into frames under a key of its own
 * and a counter as nonce.
 *
 * <p>A key and nonce never meet twice because the session's 32 bytes are random and chosen anew in
 * every run, and the counter only counts up. Not to be shared between threads.
 */
public final class Sealing {
  private final Aead aead;
  private final ChannelId channel;
  private final long epoch;
  private final PublicKey sender;
  private final Bytes session;
  private final Bytes key;
  private long sealed;

  /**
   * Begins a session.
   *
   * @param aead the platform's cipher
   * @param secret the epoch's secret
   * @param epoch the epoch's number, unsigned 32 bits
   * @param sender our own transport key
   * @param session {@link Limits#KEY_BYTES} random bytes that were never used before
   */
  public Sealing(Aead aead, EpochSecret secret, long epoch, PublicKey sender, Bytes session) {
    this.aead = aead;
    this.channel = secret.channel();
    this.epoch = epoch;
    this.sender = sender;
    this.session = session;
    this.key =
        secret.frameKey(sender, new FrameHeader(channel, epoch, sender, session, 0).session());
  }

  /** Returns where these frames belong. */
  public ChannelId channel() {
    return channel;
  }

  /** Returns how many frames were sealed. */
  public long sealed() {
    return sealed;
  }

  /**
   * Seals one message.
   *
   * @param plaintext at most {@link Limits#PLAINTEXT_BYTES}
   * @return the frame, {@link Limits#FRAME_OVERHEAD_BYTES} longer
   * @throws IllegalArgumentException if the plaintext is longer
   * @throws IllegalStateException if the session sealed {@link Limits#FRAMES_PER_SESSION} frames
   */
  public Bytes seal(Bytes plaintext) {
    if (plaintext.size() > Limits.PLAINTEXT_BYTES) {
      throw new IllegalArgumentException(
          "plaintext of " + plaintext.size() + " bytes, allowed " + Limits.PLAINTEXT_BYTES);
    }
    if (sealed >= Limits.FRAMES_PER_SESSION) {
      throw new IllegalStateException("the session is used up, begin another");
    }
    FrameHeader header = new FrameHeader(channel, epoch, sender, session, sealed);
    sealed++;
    Bytes clear = header.encode();
    return Bytes.concat(clear, aead.seal(key, header.nonce(), clear, plaintext));
  }
}
