// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.hash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Utf8;
import org.myrhiza.hash.Blake3;
import org.myrhiza.hash.HashContext;
import org.myrhiza.hash.Hashes;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.json.Json;
import org.myrhiza.testkit.json.JsonValue;
import org.myrhiza.testkit.suite.Proves;
import org.myrhiza.testkit.vectors.VectorFiles;

/** BLAKE3 against the official vectors and our own golden hashes. */
public final class Blake3Suite {
  private static final int PATTERN = 251;

  /** Makes the suite. */
  public Blake3Suite() {}

  private static Bytes pattern(int length) {
    byte[] input = new byte[length];
    for (int i = 0; i < length; i++) {
      input[i] = (byte) (i % PATTERN);
    }
    return Bytes.adopt(input);
  }

  private static void checkAll(JsonValue vectors) {
    Bytes key = Utf8.encode(vectors.at("key").text());
    String context = vectors.at("context_string").text();
    for (JsonValue test : vectors.at("cases").items()) {
      int length = (int) test.at("input_len").number();
      Bytes input = pattern(length);
      check(test.at("hash"), Blake3.hasher().update(input), "hash of " + length);
      check(test.at("keyed_hash"), Blake3.keyed(key).update(input), "keyed hash of " + length);
      check(test.at("derive_key"), Blake3.deriving(context).update(input), "key of " + length);
    }
  }

  private static void check(JsonValue expected, Blake3 hasher, String what) {
    String hex = expected.text();
    assertEquals(hex, hasher.finish(hex.length() / 2).toHex(), what);
    assertEquals(hex.substring(0, 64), hasher.finish().toHex(), what);
  }

  @Test
  @Proves("HASH-1")
  void officialVectors_allModesAndLengths() {
    checkAll(Json.parse(VectorFiles.shared("blake3.json")));
  }

  @Test
  @Proves("HASH-1")
  void ownVectors_allModes() {
    checkAll(Json.parse(VectorFiles.spec("hash.json")).at("blake3"));
  }

  @Test
  @Proves("HASH-2")
  void namedHashes_matchTheGoldenOnes() {
    for (JsonValue test : Json.parse(VectorFiles.spec("hash.json")).at("named").items()) {
      String name = test.at("name").text();
      Bytes fields = Bytes.hex(test.at("fields").text());
      assertEquals(test.at("hash").text(), Hashes.derive(name, fields).toHex(), name);
    }
  }

  @Test
  void update_inAnyPieces_givesTheSameHash() {
    long seed = 7_105;
    Seeded random = new Seeded(seed);
    Bytes input = pattern(5_000);
    Bytes whole = Blake3.hash(input);
    for (int round = 0; round < 50; round++) {
      Blake3 hasher = Blake3.hasher();
      int at = 0;
      while (at < input.size()) {
        int end = Math.min(input.size(), at + random.nextInt(1_500));
        hasher.update(input.slice(at, end));
        at = end;
      }
      assertEquals(whole, hasher.finish(), "seed " + seed + " round " + round);
    }
  }

  @Test
  void contexts_anyLength_hashAtOnceAsInPieces() {
    HashContext context = HashContext.of("at once");
    for (int size = 0; size < 1_100; size++) {
      Bytes input = pattern(size);
      Bytes inPieces = context.stream().update(input).finish();
      assertEquals(inPieces, context.hash(input), size + " bytes");
      assertEquals(inPieces, context.hash(w -> w.fixed(input)), size + " bytes written");
    }
  }

  @Test
  void finish_thenMoreInput_goesOn() {
    Bytes input = pattern(3_100);
    Blake3 hasher = Blake3.hasher();
    for (int at = 0; at < input.size(); at += 62) {
      assertEquals(Blake3.hash(input.slice(0, at)), hasher.finish(), "after " + at);
      hasher.update(input.slice(at, at + 62));
    }
    assertEquals(Blake3.hash(input), hasher.finish());
  }

  @Test
  @Proves("HASH-2")
  void contexts_keepNamesApart() {
    Bytes fields = Bytes.of(1, 2, 3);
    assertEquals(Hashes.derive("a", fields), HashContext.of("a").hash(w -> w.fixed(fields)));
    assertNotEquals(Hashes.derive("a", fields), Hashes.derive("b", fields));
    assertEquals(Hashes.derive("a", fields), HashContext.of("a").extended(fields, 80).slice(0, 32));
  }
}
