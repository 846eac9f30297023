// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.frame;

import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.CanonicalReader;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.identity.PublicKey;

/**
 * The clear part of a frame, authenticated as associated data: {@code version | channel | epoch |
 * sender | session | counter}, {@link #BYTES} bytes. The ciphertext with its tag follows.
 *
 * @param channel where it was published
 * @param epoch the topic's epoch, an unsigned 32-bit number
 * @param sender the transport key that claims to have sealed it
 * @param session 32 random bytes that the sender chose for this run
 * @param counter how many frames the session sealed before, below {@link Limits#FRAMES_PER_SESSION}
 */
public record FrameHeader(
    ChannelId channel, long epoch, PublicKey sender, Bytes session, long counter) {
  /** The only version. */
  public static final int VERSION = 0;

  /** Bytes of the clear part. */
  public static final int BYTES = 1 + 4 + 8 + 3 * Limits.KEY_BYTES;

  /** Checks sizes and ranges. */
  public FrameHeader {
    Limits.checkKeySize("session", session);
    if (epoch < 0 || epoch > Limits.MAX_EPOCH) {
      throw new IllegalArgumentException("epoch " + epoch + ", allowed 0 to 2^32-1");
    }
    if (counter < 0 || counter >= Limits.FRAMES_PER_SESSION) {
      throw new IllegalArgumentException("counter " + counter + ", allowed 0 to 2^40-1");
    }
  }

  /**
   * Reads the clear part of a frame from outside without opening it, for routing: nothing in it is
   * authentic yet.
   */
  public static Decoded<FrameHeader> peek(Bytes frame) {
    int size = frame.size();
    if (size < BYTES + Aead.TAG_BYTES || size > Limits.FRAME_BYTES) {
      String allowed = (BYTES + Aead.TAG_BYTES) + " to " + Limits.FRAME_BYTES;
      return Decoded.bad("frame", 0, size + " bytes", allowed);
    }
    return CanonicalReader.decode(frame.slice(0, BYTES), FrameHeader::read);
  }

  private static FrameHeader read(CanonicalReader r) {
    r.version(VERSION);
    ChannelId channel = ChannelId.CODEC.read(r);
    long epoch = r.u32();
    PublicKey sender = PublicKey.CODEC.read(r);
    Bytes session = r.fixed(Limits.KEY_BYTES);
    long counter = r.u64();
    if (counter < 0 || counter >= Limits.FRAMES_PER_SESSION) {
      throw r.fail("frame counter", Long.toUnsignedString(counter), "0 to 2^40-1");
    }
    return new FrameHeader(channel, epoch, sender, session, counter);
  }

  /** Returns the {@link #BYTES} bytes. */
  Bytes encode() {
    return CanonicalWriter.write(w -> {
      w.u8(VERSION);
      ChannelId.CODEC.write(w, channel);
      w.u32(epoch);
      PublicKey.CODEC.write(w, sender);
      w.fixed(session);
      w.u64(counter);
    });
  }

  /** Returns the nonce: four zero bytes, then the counter. */
  Bytes nonce() {
    return CanonicalWriter.write(w -> {
      w.u32(0);
      w.u64(counter);
    });
  }
}
