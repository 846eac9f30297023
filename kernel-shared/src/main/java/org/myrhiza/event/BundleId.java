// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.event;

import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Codec;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.bytes.TextId;

/**
 * A bundle's name: the hash of its canonical manifest.
 *
 * @param bytes 32 bytes
 */
public record BundleId(Bytes bytes) implements Comparable<BundleId> {
  /** Its 32 bytes, as they are. */
  public static final Codec<BundleId> CODEC =
      Codec.fixed(org.myrhiza.bytes.Limits.ID_BYTES).as(BundleId::new, BundleId::bytes);

  /** Checks the size. */
  public BundleId {
    if (bytes.size() != org.myrhiza.bytes.Limits.ID_BYTES) {
      throw new IllegalArgumentException("BundleId of " + bytes.size() + " bytes, allowed 32");
    }
  }

  /** Returns the text form: {@code mybundle1…}. */
  public String text() {
    return TextId.BUNDLE.write(bytes);
  }

  /** Reads {@link #text}. */
  public static Decoded<BundleId> parse(String text) {
    return TextId.BUNDLE.parse(text).map(BundleId::new);
  }

  @Override
  public int compareTo(BundleId other) {
    return bytes.compareTo(other.bytes);
  }
}
