// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Codec;
import org.myrhiza.bytes.Decoded;

/**
 * Attacks a decoder: from one canonical byte string it makes the ones that a careless decoder takes
 * or breaks on, and demands for each either a typed refusal or a value whose encoding is that very
 * byte string. An exception of any kind fails.
 */
public final class HostileBytes {
  private static final int[] STRANGE_BYTES = {0x00, 0x01, 0x02, 0x7f, 0x80, 0x81, 0xc0, 0xfe, 0xff};

  /** Numbers as LEB128 that no length or count may be: 2^31 - 1 up to 2^64, and needlessly long. */
  private static final Bytes[] BOMBS = {
    Bytes.of(0x80, 0x00),
    Bytes.of(0x81, 0x80, 0x00),
    Bytes.of(0xff, 0xff, 0xff, 0xff, 0x07),
    Bytes.of(0x80, 0x80, 0x80, 0x80, 0x08),
    Bytes.of(0xff, 0xff, 0xff, 0xff, 0x0f),
    Bytes.of(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f),
    Bytes.of(0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01),
    Bytes.of(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01),
    Bytes.of(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f),
    Bytes.of(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff)
  };

  private static final int OFFSETS = 400;
  private static final int RANDOM_ROUNDS = 200;
  private static final int RANDOM_SIZE = 120;
  private static final long SEED = 20_261;

  private HostileBytes() {}

  /**
   * Attacks a codec.
   *
   * @param name what is attacked, for messages
   * @param codec the codec
   * @param canonical bytes that it accepts; it is checked that it does and gives them back
   * @param <T> the codec's type
   */
  public static <T> void attack(String name, Codec<T> codec, Bytes canonical) {
    if (!tryOne(name + ": canonical", codec, canonical)) {
      fail(name + ": the canonical bytes were refused: " + canonical);
    }
    refuseTruncated(name, codec, canonical);
    for (int i = 0; i < STRANGE_BYTES.length; i++) {
      Bytes longer = canonical.plus(Bytes.of(STRANGE_BYTES[i]));
      refuseOrRoundTrip(name + ": one byte more", codec, longer);
    }
    int step = Math.max(1, canonical.size() / OFFSETS);
    for (int at = 0; at < canonical.size(); at += step) {
      attackOffset(name, codec, canonical, at);
    }
    attackAtRandom(name, codec, canonical);
  }

  private static <T> void refuseTruncated(String name, Codec<T> codec, Bytes canonical) {
    int step = Math.max(1, canonical.size() / (4 * OFFSETS));
    for (int size = 0; size < canonical.size(); size += step) {
      refuseOrRoundTrip(name + ": cut to " + size, codec, canonical.slice(0, size));
    }
  }

  private static <T> void attackOffset(String name, Codec<T> codec, Bytes canonical, int at) {
    Bytes before = canonical.slice(0, at);
    Bytes after = canonical.slice(at + 1, canonical.size());
    String place = name + ": at " + at;
    for (int value : STRANGE_BYTES) {
      refuseOrRoundTrip(place, codec, Bytes.concat(before, Bytes.of(value), after));
    }
    int original = canonical.at(at);
    for (int bit = 0; bit < 8; bit++) {
      Bytes flipped = Bytes.of(original ^ (1 << bit));
      refuseOrRoundTrip(place + " bit " + bit, codec, Bytes.concat(before, flipped, after));
    }
    Bytes stretched = Bytes.of(original | 0x80, 0x00);
    refuseOrRoundTrip(place + " stretched", codec, Bytes.concat(before, stretched, after));
    for (Bytes bomb : BOMBS) {
      refuseOrRoundTrip(place + " bomb", codec, Bytes.concat(before, bomb, after));
    }
    refuseOrRoundTrip(place + " left out", codec, before.plus(after));
    refuseOrRoundTrip(
        place + " doubled", codec, Bytes.concat(before, Bytes.of(original, original), after));
  }

  /** Swaps random ranges (which puts sets out of order), and decodes noise. */
  private static <T> void attackAtRandom(String name, Codec<T> codec, Bytes canonical) {
    Seeded random = new Seeded(SEED);
    for (int round = 0; round < RANDOM_ROUNDS; round++) {
      int a = random.nextInt(canonical.size() + 1);
      int b = random.between(a, canonical.size());
      int c = random.between(b, canonical.size());
      Bytes swapped =
          Bytes.concat(
              canonical.slice(0, a),
              canonical.slice(b, c),
              canonical.slice(a, b),
              canonical.slice(c, canonical.size()));
      refuseOrRoundTrip(name + ": swapped, seed " + SEED, codec, swapped);
      Bytes noise = random.nextBytes(random.nextInt(RANDOM_SIZE));
      refuseOrRoundTrip(name + ": noise, seed " + SEED, codec, noise);
      int kept = random.nextInt(canonical.size() + 1);
      Bytes tail = canonical.slice(0, kept).plus(noise);
      refuseOrRoundTrip(name + ": noise after " + kept + ", seed " + SEED, codec, tail);
    }
  }

  /** Returns the bytes with the lowest bit of one of them flipped. */
  public static Bytes flipped(Bytes bytes, int at) {
    Bytes flipped = Bytes.of(bytes.at(at) ^ 1);
    return Bytes.concat(bytes.slice(0, at), flipped, bytes.slice(at + 1, bytes.size()));
  }

  /**
   * Demands a typed refusal, or a value that encodes to these very bytes.
   *
   * @param name what is tried, for messages
   * @param codec the codec
   * @param input any bytes
   * @param <T> the codec's type
   */
  public static <T> void refuseOrRoundTrip(String name, Codec<T> codec, Bytes input) {
    boolean accepted = tryOne(name, codec, input);
    if (!accepted && tryOne(name, codec, input)) {
      fail(name + ": refused, then accepted: " + input);
    }
  }

  private static <T> boolean tryOne(String name, Codec<T> codec, Bytes input) {
    Decoded<T> decoded;
    try {
      decoded = codec.decode(input);
    } catch (RuntimeException thrown) {
      throw new AssertionError(name + ": the decoder threw for " + input, thrown);
    }
    return switch (decoded) {
      case Decoded.Bad<T> bad -> {
        if (bad.malformed().message().isEmpty()) {
          fail(name + ": a refusal without a message");
        }
        yield false;
      }
      case Decoded.Ok<T>(T value) -> {
        assertEquals(input, codec.encode(value), name + ": accepted what is not canonical");
        yield true;
      }
    };
  }
}
