// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.frame;

import org.myrhiza.bytes.Bytes;

/** Bounds of frames, relay messages and invitations. Those on sizes are part of the formats. */
public final class Limits {
  /** Bytes of a key, a channel id, a session and a secret. */
  public static final int KEY_BYTES = 32;

  /** The greatest epoch number: unsigned 32 bits. */
  public static final long MAX_EPOCH = 0xffff_ffffL;

  /** Bytes of one message before sealing: an event has at most 1 MiB of payload, sent in parts. */
  public static final int PLAINTEXT_BYTES = 1 << 20;

  /** What sealing adds: the clear part and the tag. */
  public static final int FRAME_OVERHEAD_BYTES = FrameHeader.BYTES + Aead.TAG_BYTES;

  /** Bytes of the longest frame. */
  public static final int FRAME_BYTES = PLAINTEXT_BYTES + FRAME_OVERHEAD_BYTES;

  /** What a relay message adds to a frame: version, type, channel and sender are 66 bytes. */
  public static final int RELAY_OVERHEAD_BYTES = 128;

  /** Bytes of the longest relay message. */
  public static final int RELAY_MESSAGE_BYTES = FRAME_BYTES + RELAY_OVERHEAD_BYTES;

  /**
   * Frames of one session. RFC 8439's nonce would allow more; 2^40 frames of 1 MiB are more than
   * any run sends, and a session is begun anew at every start.
   */
  public static final long FRAMES_PER_SESSION = 1L << 40;

  /**
   * How far behind the highest counter a frame may arrive: frames overtake each other on relays.
   */
  public static final int REPLAY_WINDOW_FRAMES = 1_024;

  /** Sessions remembered per sender: one per run, and a few restarts. */
  public static final int SESSIONS_PER_SENDER = 4;

  /** Senders remembered per channel: a relay lets no more into one ({@link #MEMBERS}). */
  public static final int SENDERS = 1_024;

  /**
   * Members that a notice about one channel may list; with 32 bytes each it stays a small frame.
   */
  public static final int MEMBERS = 1_024;

  /** Bytes of a text in a relay message: a sentence for a person. */
  public static final int TEXT_BYTES = 512;

  /**
   * Bytes of a host with its port. RFC 1035 allows 253 for a name; 128 holds every name we saw and
   * keeps a full invitation below what bech32m text may hold.
   */
  public static final int AUTHORITY_BYTES = 128;

  /** Bytes of a relay's address: scheme and path are at most 9 bytes more than host and port. */
  public static final int RELAY_URL_BYTES = AUTHORITY_BYTES + 9;

  /** Relays in an invitation. */
  public static final int INVITE_RELAYS = 4;

  /** Addresses in an invitation. */
  public static final int INVITE_ADDRESSES = 8;

  /** Bytes of the longest invitation: the sum of its fields with their lengths. */
  public static final int INVITE_BYTES =
      1
          + 4 * KEY_BYTES
          + 4
          + 2
          + INVITE_RELAYS * (2 + RELAY_URL_BYTES)
          + INVITE_ADDRESSES * (KEY_BYTES + 2 + AUTHORITY_BYTES);

  /** Characters of an invitation as text or link: bech32m of the longest, and a page's address. */
  public static final int INVITE_CHARS = 8_192;

  /** The greatest port. */
  public static final int MAX_PORT = 65_535;

  static {
    if (KEY_BYTES * MEMBERS > PLAINTEXT_BYTES
        || REPLAY_WINDOW_FRAMES % 32 != 0
        || INVITE_BYTES > org.myrhiza.bytes.Limits.BECH32M_DATA_BYTES) {
      throw new IllegalStateException("limits contradict each other");
    }
  }

  private Limits() {}

  static void checkKeySize(String what, Bytes bytes) {
    if (bytes.size() != KEY_BYTES) {
      throw new IllegalArgumentException(
          what + " of " + bytes.size() + " bytes, allowed " + KEY_BYTES);
    }
  }
}
