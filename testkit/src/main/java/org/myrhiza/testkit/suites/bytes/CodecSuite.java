// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.bytes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.CanonicalReader;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.bytes.Codec;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.bytes.Limits;
import org.myrhiza.testkit.HostileBytes;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.json.Json;
import org.myrhiza.testkit.json.JsonValue;
import org.myrhiza.testkit.suite.Proves;
import org.myrhiza.testkit.vectors.VectorFiles;

/** The canonical encoding: each value has one byte string, and every other one is refused. */
public final class CodecSuite {
  private static final int MAX = 1_000;
  private static final Codec<Long> LEB = Codec.of(CanonicalWriter::leb, CanonicalReader::leb);
  private static final Codec<Integer> LEB_INT =
      Codec.of((w, v) -> w.lebInt(v, Integer.MAX_VALUE), r -> r.lebInt(Integer.MAX_VALUE));
  private static final Codec<Bytes> BYTES = Codec.bytes(MAX);
  private static final Codec<String> TEXT = Codec.text(MAX);
  private static final Codec<List<Bytes>> SET =
      Codec.of((w, v) -> w.set(v, MAX, BYTES), r -> r.set(MAX, BYTES));
  private static final Codec<List<Bytes>> LIST =
      Codec.of((w, v) -> w.list(v, MAX, BYTES), r -> r.list(MAX, BYTES));
  private static final Codec<Map<Bytes, String>> MAP =
      Codec.of((w, v) -> w.map(v, MAX, BYTES, TEXT), r -> r.map(MAX, BYTES, TEXT));

  /** Made once per test. */
  public CodecSuite() {}

  private static JsonValue vectors() {
    return Json.parse(VectorFiles.spec("encoding.json"));
  }

  private static Bytes bytes(JsonValue hex) {
    return Bytes.adopt(hex.hex());
  }

  private static Codec<?> codec(String name) {
    return switch (name) {
      case "u8" -> Codec.of(CanonicalWriter::u8, CanonicalReader::u8);
      case "u16" -> Codec.of(CanonicalWriter::u16, CanonicalReader::u16);
      case "u32" -> Codec.of(CanonicalWriter::u32, CanonicalReader::u32);
      case "u64" -> Codec.of(CanonicalWriter::u64, CanonicalReader::u64);
      case "leb" -> LEB;
      case "leb31" -> LEB_INT;
      case "flag" -> Codec.of(CanonicalWriter::flag, CanonicalReader::flag);
      case "bytes" -> BYTES;
      case "text" -> TEXT;
      case "optional bytes" ->
          Codec.<Optional<Bytes>>of((w, v) -> w.optional(v, BYTES), r -> r.optional(BYTES));
      case "list of bytes" -> LIST;
      case "set of bytes" -> SET;
      case "map of bytes to text" -> MAP;
      default -> throw new AssertionError("no codec " + name);
    };
  }

  private static <T> void checkGolden(String name, Codec<T> codec, Bytes encoded) {
    Decoded<T> decoded = codec.decode(encoded);
    assertTrue(decoded.isOk(), name + ": " + encoded);
    assertEquals(encoded, codec.encode(decoded.orThrow()), name);
    HostileBytes.attack(name, codec, encoded);
  }

  @Test
  @Proves({"ENC-1", "ENC-2", "ENC-5", "ENC-6"})
  void golden_canonicalBytes_roundTripAndWithstandAttacks() {
    for (JsonValue test : vectors().at("canonical").items()) {
      String name = test.at("codec").text();
      checkGolden(name, codec(name), bytes(test.at("bytes")));
    }
  }

  @Test
  @Proves({"ENC-1", "ENC-3", "ENC-4", "ENC-5", "ENC-6", "ENC-7"})
  void golden_otherBytes_areRefused() {
    for (JsonValue test : vectors().at("refused").items()) {
      Bytes input = bytes(test.at("bytes"));
      String name = test.at("codec").text() + ", " + test.at("why").text();
      switch (codec(test.at("codec").text()).decode(input)) {
        case Decoded.Ok<?> ok -> throw new AssertionError(name + ": accepted " + input);
        case Decoded.Bad<?> bad ->
            assertEquals(test.at("offset").number(), bad.malformed().offset(), name);
      }
    }
  }

  @Test
  @Proves({"ENC-2", "ENC-3"})
  void numbers_golden_haveTheirBytes() {
    for (JsonValue test : vectors().at("numbers").items()) {
      long value = new BigInteger(test.at("value").text()).longValue();
      assertEquals(bytes(test.at("leb")), LEB.encode(value), test.at("value").text());
      assertEquals(value, LEB.decode(bytes(test.at("leb"))).orThrow());
      assertEquals(bytes(test.at("u64")), CanonicalWriter.write(w -> w.u64(value)));
    }
  }

  @Test
  @Proves("ENC-4")
  void texts_golden_haveTheirBytes() {
    for (JsonValue test : vectors().at("texts").items()) {
      Bytes encoded = bytes(test.at("bytes"));
      assertEquals(encoded, TEXT.encode(test.at("text").text()));
      assertEquals(test.at("text").text(), TEXT.decode(encoded).orThrow());
    }
  }

  @Test
  @Proves("ENC-3")
  void leb_randomNumbers_bothReadersAgree() {
    Seeded random = new Seeded(4_711);
    for (int i = 0; i < 2_000; i++) {
      long value = random.nextLong() >>> random.nextInt(64);
      Bytes encoded = LEB.encode(value);
      assertEquals(value, LEB.decode(encoded).orThrow(), "seed 4711");
      boolean fits = value >= 0 && value <= Integer.MAX_VALUE;
      assertEquals(fits, LEB_INT.decode(encoded).isOk(), "seed 4711, value " + value);
      if (fits) {
        assertEquals((int) value, LEB_INT.decode(encoded).orThrow(), "seed 4711");
        assertEquals(encoded, LEB_INT.encode((int) value), "seed 4711");
      }
    }
  }

  @Test
  @Proves("ENC-6")
  void set_anyOrder_isWrittenAscending_andDuplicatesAreRefused() {
    Bytes a = Bytes.of(1);
    Bytes b = Bytes.of(2);
    assertEquals(SET.encode(List.of(a, b)), SET.encode(List.of(b, a)));
    assertThrows(IllegalArgumentException.class, () -> SET.encode(List.of(a, a)));
    Map<Bytes, String> map = new LinkedHashMap<>();
    map.put(b, "second");
    map.put(a, "first");
    Map<Bytes, String> read = MAP.decode(MAP.encode(map)).orThrow();
    assertEquals(List.of(a, b), new ArrayList<>(read.keySet()));
  }

  @Test
  @Proves("ENC-7")
  void nested_moreThanTheLimit_isRefusedByWriterAndReader() {
    Codec<Integer> deep = new Nest();
    Bytes deepest = deep.encode(Limits.DEPTH);
    assertEquals(Limits.DEPTH, deep.decode(deepest).orThrow());
    assertThrows(IllegalArgumentException.class, () -> deep.encode(Limits.DEPTH + 1));
    assertFalse(deep.decode(Bytes.of(1).plus(deepest)).isOk());
    byte[] endless = new byte[100_000];
    for (int i = 0; i < endless.length; i++) {
      endless[i] = 1;
    }
    assertFalse(deep.decode(Bytes.adopt(endless)).isOk());
  }

  @Test
  void writer_valuesOutsideTheirRange_areRefused() {
    assertThrows(IllegalArgumentException.class, () -> CanonicalWriter.write(w -> w.u8(256)));
    assertThrows(IllegalArgumentException.class, () -> CanonicalWriter.write(w -> w.u16(-1)));
    assertThrows(IllegalArgumentException.class, () -> CanonicalWriter.write(w -> w.u32(1L << 32)));
    assertThrows(IllegalArgumentException.class, () -> CanonicalWriter.write(w -> w.lebInt(8, 7)));
    assertThrows(IllegalArgumentException.class, () -> BYTES.encode(Bytes.zeros(MAX + 1)));
    assertThrows(IllegalArgumentException.class, () -> TEXT.encode("\ud800"));
    Codec<Integer> empty = Codec.of((w, v) -> {}, r -> 0);
    assertThrows(
        IllegalArgumentException.class,
        () -> CanonicalWriter.write(w -> w.list(List.of(1), MAX, empty)));
  }

  /** A structure that only nests: an optional of itself. */
  private static final class Nest implements Codec<Integer> {
    @Override
    public void write(CanonicalWriter writer, Integer depth) {
      writer.optional(depth == 0 ? Optional.empty() : Optional.of(depth - 1), this);
    }

    @Override
    public Integer read(CanonicalReader reader) {
      return reader.optional(this).map(inner -> inner + 1).orElse(0);
    }
  }
}
