// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** The bounded reader and the writer are each other's inverse, and the reader stops at its end. */
class ByteReaderTest {
  private static final long SEED = 20_260_101;
  private static final int ROUNDS = 20_000;

  private static ByteReader reader(int... bytes) {
    return new ByteReader(new ByteWriter().u8s(bytes).toByteArray());
  }

  @Test
  void writtenNumbers_areReadBack() throws WasmException {
    Random random = new Random(SEED);
    for (int i = 0; i < ROUNDS; i++) {
      long value = random.nextLong() >> random.nextInt(64);
      ByteWriter out = new ByteWriter();
      out.u32((int) value).s32((int) value).s64(value).fixed32((int) value).fixed64(value);
      long narrow = value << 31 >> 31;
      ByteReader in = new ByteReader(out.s64(narrow).toByteArray());
      assertThat(in.u32("a")).as("seed %s", SEED).isEqualTo((int) value);
      assertThat(in.s32("b")).isEqualTo((int) value);
      assertThat(in.s64("c")).isEqualTo(value);
      assertThat(in.fixed32("d")).isEqualTo((int) value);
      assertThat(in.fixed64("e")).isEqualTo(value);
      assertThat(in.s33("f")).isEqualTo(narrow);
      in.expectEnd("all");
    }
  }

  @Test
  void extremes_areReadBack() throws WasmException {
    ByteWriter out = new ByteWriter();
    out.s64(Long.MIN_VALUE).s64(Long.MAX_VALUE).s32(Integer.MIN_VALUE).s32(Integer.MAX_VALUE);
    ByteReader in = new ByteReader(out.u32(-1).s64(-(1L << 32)).toByteArray());
    assertThat(in.s64("a")).isEqualTo(Long.MIN_VALUE);
    assertThat(in.s64("b")).isEqualTo(Long.MAX_VALUE);
    assertThat(in.s32("c")).isEqualTo(Integer.MIN_VALUE);
    assertThat(in.s32("d")).isEqualTo(Integer.MAX_VALUE);
    assertThat(in.u32("e")).isEqualTo(-1);
    assertThat(in.s33("f")).isEqualTo(-(1L << 32));
  }

  @Test
  void padding_insideTheBound_isTaken() throws WasmException {
    assertThat(reader(0x81, 0x80, 0x80, 0x80, 0x00).u32("n")).isEqualTo(1);
    assertThat(reader(0xFF, 0xFF, 0xFF, 0xFF, 0x7F).s32("n")).isEqualTo(-1);
    assertThat(reader(0xFF, 0xFF, 0xFF, 0xFF, 0x7F).s33("n")).isEqualTo(-1);
    assertThat(reader(0xFE, 0xFF, 0x7F).s64("n")).isEqualTo(-2);
  }

  @Test
  void numbers_wrongInTheirLastByte_areMalformed() {
    malformed(() -> reader(0x80, 0x80, 0x80, 0x80, 0x10).u32("n"));
    malformed(() -> reader(0x80, 0x80, 0x80, 0x80, 0x80).u32("n"));
    malformed(() -> reader(0x80, 0x80, 0x80, 0x80, 0x80, 0x00).u32("n"));
    malformed(() -> reader(0x80, 0x80, 0x80, 0x80, 0x10).s32("n"));
    malformed(() -> reader(0x80, 0x80, 0x80, 0x80, 0x78 ^ 0x40).s32("n"));
    malformed(() -> reader(0x80, 0x80, 0x80, 0x80, 0x20).s33("n"));
    malformed(() -> reader(0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x02).s64("n"));
    malformed(() -> reader(0xFF, 0xFF, 0xFF, 0xFF, 0x0F).index("n"));
  }

  @Test
  void reading_pastTheEnd_isMalformedAtTheEnd() {
    malformed(() -> reader().u8("n"));
    malformed(() -> reader().peek("n"));
    malformed(() -> reader(0x80).u32("n"));
    malformed(() -> reader(1, 2, 3).fixed32("n"));
    malformed(() -> reader(1, 2, 3).bytes(4, "n"));
    malformed(() -> reader(1, 2, 3).bytes(-1, "n"));
    malformed(() -> reader(1, 2, 3).skip(Integer.MAX_VALUE, "n"));
    malformed(() -> reader(1, 2, 3).sub(4, "n"));
    malformed(() -> reader(1).expectEnd("n"));
  }

  @Test
  void count_isBoundedByItsMaximumAndByTheBytesLeft() throws WasmException {
    assertThat(reader(2, 0, 0).count("things", 2)).isEqualTo(2);
    malformed(() -> reader(3, 0, 0).count("things", 10));
    assertThatThrownBy(() -> reader(3, 0, 0, 0).count("things", 2))
        .isInstanceOfSatisfying(
            WasmException.class,
            e ->
                assertThat(e.error())
                    .isEqualTo(new WasmError.Refused(0, "number of things", "3", "at most 2")));
    assertThatThrownBy(() -> reader(0xFF, 0xFF, 0xFF, 0xFF, 0x0F).count("things", 2))
        .hasMessageContaining("4294967295");
  }

  @Test
  void sub_keepsAbsoluteOffsetsAndItsOwnEnd() throws WasmException {
    ByteReader whole = reader(9, 1, 2, 3);
    whole.skip(1, "header");
    ByteReader part = whole.sub(2, "part");
    assertThat(whole.offset()).isEqualTo(3);
    assertThat(part.offset()).isEqualTo(1);
    assertThat(part.u8("a")).isEqualTo(1);
    assertThat(part.u8("b")).isEqualTo(2);
    assertThatThrownBy(() -> part.u8("c"))
        .isInstanceOfSatisfying(
            WasmException.class,
            e -> assertThat(((WasmError.Malformed) e.error()).offset()).isEqualTo(3));
  }

  @Test
  void names_areStrictUtf8() throws WasmException {
    assertThat(new ByteReader(new ByteWriter().name("grüße 🌱").toByteArray()).name("n", 100))
        .isEqualTo("grüße 🌱");
    int[][] wrong = {
      {0x80},
      {0xC0, 0x80},
      {0xC1, 0xBF},
      {0xC3},
      {0xC3, 0x28},
      {0xE0, 0x9F, 0x80},
      {0xED, 0xA0, 0x80},
      {0xE2, 0x82},
      {0xF0, 0x8F, 0x80, 0x80},
      {0xF4, 0x90, 0x80, 0x80},
      {0xF5, 0x80, 0x80, 0x80},
      {0xFF}
    };
    for (int[] bytes : wrong) {
      ByteWriter out = new ByteWriter().u32(bytes.length).u8s(bytes);
      malformed(() -> new ByteReader(out.toByteArray()).name("n", 100));
    }
  }

  @Test
  void utf8_agreesWithThePlatformOnEveryCodePoint() {
    for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
      if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
        byte[] bytes = Utf8.encode(Character.toString(point));
        assertThat(Utf8.firstInvalid(bytes, 0, bytes.length)).isEqualTo(-1);
      }
    }
  }

  @Test
  void result_turnsTheExceptionIntoAValue() {
    WasmResult<Integer> failed = WasmResult.of(() -> reader().u8("n"));
    assertThat(failed).isInstanceOf(WasmResult.Failed.class);
    assertThat(WasmResult.of(() -> reader(7).u8("n"))).isEqualTo(new WasmResult.Ok<>(7));
    assertThatThrownBy(failed::orThrow).isInstanceOf(WasmException.class);
  }

  private static void malformed(WasmResult.Work<?> read) {
    assertThat(WasmResult.of(read::run))
        .isInstanceOfSatisfying(
            WasmResult.Failed.class,
            failed -> assertThat(failed.error()).isInstanceOf(WasmError.Malformed.class));
  }

  private static void malformed(Skip read) {
    malformed(() -> {
      read.run();
      return "";
    });
  }

  private interface Skip {
    void run() throws WasmException;
  }
}
