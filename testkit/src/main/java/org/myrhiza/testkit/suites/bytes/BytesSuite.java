// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.bytes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Utf8;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.suite.Proves;

/** Byte strings and strict UTF-8. */
public final class BytesSuite {
  /** Made once per test. */
  public BytesSuite() {}

  @Test
  void compareTo_isUnsignedAndPutsPrefixesFirst() {
    assertTrue(Bytes.of(0x7f).compareTo(Bytes.of(0x80)) < 0);
    assertTrue(Bytes.of(1).compareTo(Bytes.of(1, 0)) < 0);
    assertTrue(Bytes.of(2).compareTo(Bytes.of(1, 255)) > 0);
    assertEquals(0, Bytes.of(1, 2).compareTo(Bytes.copyOf(new byte[] {1, 2})));
  }

  @Test
  void values_areCopiedInAndOut() {
    byte[] source = {1, 2, 3};
    Bytes bytes = Bytes.copyOf(source);
    source[0] = 9;
    bytes.toArray()[1] = 9;
    assertEquals(Bytes.of(1, 2, 3), bytes);
    assertEquals(Bytes.of(1, 2, 3).hashCode(), bytes.hashCode());
    assertNotEquals(Bytes.of(1, 2, 4), bytes);
  }

  @Test
  void sliceAndConcat_keepEveryByte() {
    Seeded random = new Seeded(17);
    for (int i = 0; i < 200; i++) {
      Bytes bytes = random.nextBytes(random.nextInt(50));
      int cut = random.nextInt(bytes.size() + 1);
      Bytes left = bytes.slice(0, cut);
      assertEquals(bytes, left.plus(bytes.slice(cut, bytes.size())), "seed 17");
      assertTrue(bytes.startsWith(left), "seed 17");
      assertEquals(bytes, Bytes.hex(bytes.toHex()), "seed 17");
    }
  }

  @Test
  void rangesOutside_areRefusedOnEveryStack() {
    Bytes bytes = Bytes.of(1, 2, 3);
    assertThrows(IllegalArgumentException.class, () -> bytes.at(3));
    assertThrows(IllegalArgumentException.class, () -> bytes.at(-1));
    assertThrows(IllegalArgumentException.class, () -> bytes.slice(2, 1));
    assertThrows(IllegalArgumentException.class, () -> bytes.slice(0, 4));
    assertThrows(IllegalArgumentException.class, () -> bytes.copyTo(0, 3, new byte[2], 0));
    assertThrows(IllegalArgumentException.class, () -> bytes.copyTo(0, 1, new byte[2], 2));
    assertThrows(IllegalArgumentException.class, () -> Bytes.of(256));
    assertThrows(IllegalArgumentException.class, () -> Bytes.zeros(-1));
  }

  @Test
  @Proves("ENC-8")
  void parseHex_otherThanOurs_isRefused() {
    assertFalse(Bytes.parseHex("0").isOk());
    assertFalse(Bytes.parseHex("0G").isOk());
    assertFalse(Bytes.parseHex("AB").isOk());
    assertTrue(Bytes.parseHex("").isOk());
  }

  @Test
  @Proves("ENC-4")
  void utf8_everyCodePoint_roundTrips() {
    int step = 7;
    for (int point = 0; point <= 0x10ffff; point += step) {
      if (point < 0xd800 || point > 0xdfff) {
        StringBuilder text = new StringBuilder().append('a').appendCodePoint(point).append('z');
        Bytes encoded = Utf8.encode(text.toString());
        assertEquals(text.toString(), Utf8.decode(encoded).orThrow(), "code point " + point);
      }
    }
  }

  @Test
  void utf8_edges_haveTheirBytes() {
    assertEquals("7f", Utf8.encode("\u007f").toHex());
    assertEquals("c280", Utf8.encode("\u0080").toHex());
    assertEquals("dfbf", Utf8.encode("\u07ff").toHex());
    assertEquals("e0a080", Utf8.encode("\u0800").toHex());
    assertEquals("ed9fbf", Utf8.encode("\ud7ff").toHex());
    assertEquals("ee8080", Utf8.encode("\ue000").toHex());
    assertEquals("efbfbf", Utf8.encode("\uffff").toHex());
    assertEquals("f0908080", Utf8.encode("\ud800\udc00").toHex());
    assertEquals("f48fbfbf", Utf8.encode("\udbff\udfff").toHex());
  }

  @Test
  @Proves("ENC-4")
  void utf8_badSequences_areRefusedWhereTheyBegin() {
    String[] bad = {
      "80",
      "bf",
      "c0af",
      "c1bf",
      "c2",
      "c2c0",
      "e080af",
      "e09fbf",
      "e0a0",
      "eda080",
      "edbfbf",
      "f0808080",
      "f08fbfbf",
      "f0908f",
      "f0908020",
      "f4908080",
      "f5808080",
      "fe",
      "ff",
      "e28228"
    };
    for (String hex : bad) {
      Bytes input = Bytes.concat(Utf8.encode("ab"), Bytes.hex(hex), Utf8.encode("c"));
      assertEquals(2, Utf8.firstInvalid(input.toArray(), 0, input.size()), hex);
      assertFalse(Utf8.decode(input).isOk(), hex);
    }
  }

  @Test
  void utf8_loneSurrogates_areNoText() {
    for (String text : new String[] {"\ud800", "\udc00", "a\ud800b", "\udc00\ud800", "x\udbff"}) {
      assertFalse(Utf8.isWellFormed(text));
      assertThrows(IllegalArgumentException.class, () -> Utf8.encode(text));
    }
  }
}
