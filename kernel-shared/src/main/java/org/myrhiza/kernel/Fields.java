// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.kernel;

import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.CanonicalReader;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.bytes.Codec;

/** Encodings that several messages of the kernel share. */
final class Fields {
  static final Codec<Bytes> STORE_KEY =
      Codec.of(
          (w, key) -> w.bytes(key, Limits.STORE_KEY_BYTES), r -> r.bytes(Limits.STORE_KEY_BYTES));

  /** A text of at most {@link Limits#TEXT_BYTES}. */
  static final Codec<String> TEXT = Codec.of(Fields::text, Fields::text);

  /** Greatest wall clock, 2^48 - 1 milliseconds. */
  private static final long GREATEST_MILLIS = (1L << 48) - 1;

  private Fields() {}

  static void text(CanonicalWriter w, String text) {
    w.text(text, Limits.TEXT_BYTES);
  }

  static String text(CanonicalReader r) {
    return r.text(Limits.TEXT_BYTES);
  }

  static void head(CanonicalWriter w, int version, int kind) {
    w.u8(version);
    w.u8(kind);
  }

  static void millis(CanonicalWriter w, long millis) {
    w.u64(millis);
  }

  static long millis(CanonicalReader r) {
    long millis = r.u64();
    if (millis < 0 || millis > GREATEST_MILLIS) {
      throw r.fail("milliseconds", Long.toUnsignedString(millis), "0 to " + GREATEST_MILLIS);
    }
    return millis;
  }

  static int exitCode(CanonicalReader r) {
    int code = r.u8();
    if (code < 1 || code > 6) {
      throw r.fail("exit code", Integer.toString(code), "1 to 6");
    }
    return code;
  }
}
