// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.identity;

import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Codec;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.bytes.TextId;

/**
 * An Ed25519 public key as its 32 bytes. That they are a point of the curve is known only once a
 * signature under it was verified.
 *
 * @param bytes the encoded point (RFC 8032, section 5.1.2)
 */
public record PublicKey(Bytes bytes) implements Comparable<PublicKey> {
  /** Its 32 bytes, as they are. */
  public static final Codec<PublicKey> CODEC =
      Codec.fixed(Limits.PUBLIC_KEY_BYTES).as(PublicKey::new, PublicKey::bytes);

  /** Checks the size. */
  public PublicKey {
    if (bytes.size() != Limits.PUBLIC_KEY_BYTES) {
      throw new IllegalArgumentException("public key of " + bytes.size() + " bytes");
    }
  }

  /** Returns the text form of a long-term key: {@code myuser1…}. */
  public String userText() {
    return TextId.USER.write(bytes);
  }

  /** Returns the text form of a transport key: {@code mypeer1…}. */
  public String peerText() {
    return TextId.PEER.write(bytes);
  }

  /** Reads {@link #userText}. */
  public static Decoded<PublicKey> parseUser(String text) {
    return TextId.USER.parse(text).map(PublicKey::new);
  }

  /** Reads {@link #peerText}. */
  public static Decoded<PublicKey> parsePeer(String text) {
    return TextId.PEER.parse(text).map(PublicKey::new);
  }

  @Override
  public int compareTo(PublicKey other) {
    return bytes.compareTo(other.bytes);
  }
}
