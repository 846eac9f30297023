// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.bytes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bech32m;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.bytes.Limits;
import org.myrhiza.bytes.TextId;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.json.Json;
import org.myrhiza.testkit.json.JsonValue;
import org.myrhiza.testkit.suite.Proves;
import org.myrhiza.testkit.vectors.VectorFiles;

/** Bech32m and the texts that people copy. */
public final class Bech32mSuite {
  /** Made once per test. */
  public Bech32mSuite() {}

  private static JsonValue vectors() {
    return Json.parse(VectorFiles.spec("bech32m.json"));
  }

  @Test
  @Proves("ENC-9")
  void golden_texts_encodeAndDecode() {
    for (JsonValue test : vectors().at("valid").items()) {
      String text = test.at("text").text();
      Bytes data = Bytes.hex(test.at("data").text());
      String prefix = test.at("prefix").text();
      assertEquals(text, Bech32m.encode(prefix, data));
      assertEquals(new Bech32m.Parsed(prefix, data), Bech32m.decode(text).orThrow());
    }
  }

  @Test
  @Proves("ENC-9")
  void golden_otherTexts_areRefused() {
    for (JsonValue test : vectors().at("refused").items()) {
      assertFalse(Bech32m.decode(test.at("text").text()).isOk(), test.at("why").text());
    }
  }

  @Test
  void decode_upperCase_isTheSame_andMixedCaseIsRefused() {
    String text = Bech32m.encode("my", Bytes.of(1, 2, 3));
    String upper = text.toUpperCase(Locale.ROOT);
    assertEquals(Bech32m.decode(text), Bech32m.decode(upper));
    assertFalse(Bech32m.decode("M" + text.substring(1)).isOk());
    String id = TextId.EVENT.write(Bytes.zeros(32));
    assertFalse(TextId.EVENT.parse(id.toUpperCase(Locale.ROOT)).isOk());
  }

  @Test
  void decode_anyOneToFourWrongCharacters_isRefused() {
    long seed = 350;
    Seeded random = new Seeded(seed);
    String alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    for (int round = 0; round < 500; round++) {
      String good = TextId.PEER.write(random.nextBytes(32));
      StringBuilder bad = new StringBuilder(good);
      int errors = random.between(1, 4);
      for (int i = 0; i < errors; i++) {
        int at = random.between("mypeer1".length(), good.length() - 1);
        bad.setCharAt(at, alphabet.charAt(random.nextInt(32)));
      }
      boolean same = bad.toString().equals(good);
      assertEquals(same, TextId.PEER.parse(bad.toString()).isOk(), "seed " + seed + ": " + bad);
    }
  }

  @Test
  void decode_randomText_neverThrows() {
    Seeded random = new Seeded(77);
    for (int round = 0; round < 500; round++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(40);
      for (int i = 0; i < length; i++) {
        text.append(
            (char) (random.chance(1, 30) ? random.nextInt(65_536) : random.between(32, 127)));
      }
      assertFalse(Bech32m.decode(text.toString()).isOk(), "seed 77: " + text);
    }
    assertFalse(Bech32m.decode("q".repeat(100_000)).isOk());
  }

  @Test
  @Proves("ENC-9")
  void textIds_everyKind_roundTripsAndRefusesTheOthers() {
    Bytes data = new Seeded(5).nextBytes(32);
    for (TextId kind : TextId.values()) {
      String text = kind.write(data);
      assertTrue(text.startsWith(kind.prefix() + "1"));
      for (TextId other : TextId.values()) {
        Decoded<Bytes> parsed = other.parse(text);
        assertEquals(kind == other, parsed.isOk(), text);
      }
    }
    assertThrows(IllegalArgumentException.class, () -> TextId.TOPIC.write(Bytes.zeros(31)));
    assertFalse(TextId.TOPIC.parse(Bech32m.encode("mytopic", Bytes.zeros(31))).isOk());
  }

  @Test
  @Proves("ENC-9")
  void invitations_upToTheirBound_roundTrip() {
    Bytes longest = new Seeded(6).nextBytes(Limits.BECH32M_DATA_BYTES);
    assertEquals(longest, TextId.INVITE.parse(TextId.INVITE.write(longest)).orThrow());
    assertThrows(
        IllegalArgumentException.class, () -> TextId.INVITE.write(longest.plus(Bytes.of(0))));
  }
}
