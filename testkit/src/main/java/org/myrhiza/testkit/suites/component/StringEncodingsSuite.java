// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.myrhiza.wasm.abi.AbiStop;
import org.myrhiza.wasm.abi.Crossing;
import org.myrhiza.wasm.abi.Fuel;
import org.myrhiza.wasm.abi.Handles;
import org.myrhiza.wasm.abi.Layout;
import org.myrhiza.wasm.abi.Lift;
import org.myrhiza.wasm.abi.Lower;
import org.myrhiza.wasm.component.Primitive;
import org.myrhiza.wasm.component.StringEncoding;
import org.myrhiza.wasm.engine.Slots;
import org.myrhiza.wasm.value.Value;
import org.myrhiza.wasm.value.Value.Text.Form;

/**
 * Strings from each form into each encoding: the calls of the allocator with their arguments, the
 * bytes, the length as the encoding counts it and the fuel are those of CanonicalABI.md.
 */
public final class StringEncodingsSuite {
  private static final Layout.Group STRING = Layout.group(List.of(Primitive.STRING));
  private static final int MEMORY = 1 << 12;
  private static final int FIRST = 16;
  private static final long FUEL = 1_000;
  private static final int TAG = 0x8000_0000;

  private static final String NARROW = "ab";
  private static final String LATIN = "a\u00e9";
  private static final String WIDE = "a\u00e9\u2603";
  private static final String PAIR = "\ud83c\udf70";

  /** Makes the suite. */
  public StringEncodingsSuite() {}

  /** One side over a memory of its own. */
  private static final class Side {
    final FlatMemory memory = new FlatMemory(MEMORY);
    final Fuel fuel = new Fuel(FlatMemory.fuel(FUEL));
    final Crossing crossing;

    Side(StringEncoding encoding) {
      crossing =
          new Crossing(
              new Crossing.Side(memory, memory.realloc(), encoding),
              new Handles(0, new int[0]),
              fuel);
      memory.next = FIRST;
      crossing.begin(null);
    }

    long used() {
      return FUEL - fuel.left();
    }

    String hex(int from, int length) {
      StringBuilder out = new StringBuilder();
      for (int i = 0; i < length; i++) {
        int octet = memory.bytes[from + i] & 0xff;
        out.append(octet < 16 ? "0" : "").append(Integer.toHexString(octet));
      }
      return out.toString();
    }
  }

  /** Stores a text; {@code length} as the guest gets it, {@code calls} of its allocator. */
  private static void stores(
      StringEncoding encoding, Value.Text text, int length, String bytes, String... calls)
      throws AbiStop {
    Side side = new Side(encoding);
    Slots flat = Slots.ofInts(2);
    new Lower(side.crossing).parameters(STRING, new Value[] {text}, flat);
    String name = text.form() + " to " + encoding + " of " + text.value().length();
    assertEquals(List.of(calls), side.memory.calls, name);
    assertEquals(length, flat.getInt(1), name);
    assertEquals(bytes, side.hex(flat.getInt(0), bytes.length() / 2), name);
    Value back = new Lift(side.crossing).parameters(STRING, flat)[0];
    assertEquals(text, back, name);
    assertEquals(bytes.length(), side.used(), name + ": paid once each way");
  }

  private static Value.Text text(Form form, String value) {
    return new Value.Text(value, form);
  }

  @Test
  void intoUtf8() throws AbiStop {
    StringEncoding to = StringEncoding.UTF8;
    stores(to, text(Form.UTF8, WIDE), 6, "61c3a9e29883", "0 0 1 6");
    stores(to, text(Form.UTF16, NARROW), 2, "6162", "0 0 1 2");
    stores(to, text(Form.LATIN1, NARROW), 2, "6162", "0 0 1 2");
    stores(to, text(Form.UTF16, LATIN), 3, "61c3a9", "0 0 1 2", "16 2 1 6", "18 6 1 3");
    stores(to, text(Form.LATIN1, LATIN), 3, "61c3a9", "0 0 1 2", "16 2 1 4", "18 4 1 3");
    stores(to, text(Form.LATIN1, "\u00e9"), 2, "c3a9", "0 0 1 1", "16 1 1 2");
    stores(to, text(Form.UTF16, "\u2603"), 3, "e29883", "0 0 1 1", "16 1 1 3");
    stores(
        to,
        text(Form.TAGGED_UTF16, WIDE),
        6,
        "61c3a9e29883",
        tail("0 0 1 3", "16 3 1 9", "19 9 1 6"));
    stores(to, text(Form.UTF16, ""), 0, "", "0 0 1 0");
    stores(to, text(Form.LATIN1, "\u007f"), 1, "7f", "0 0 1 1");
    stores(to, text(Form.LATIN1, "\u0080"), 2, "c280", "0 0 1 1", "16 1 1 2");
  }

  private static String[] tail(String... calls) {
    return calls;
  }

  @Test
  void intoUtf16() throws AbiStop {
    StringEncoding to = StringEncoding.UTF16;
    stores(to, text(Form.UTF8, NARROW), 2, "61006200", "0 0 2 4");
    stores(to, text(Form.UTF8, LATIN), 2, "6100e900", "0 0 2 6", "16 6 2 4");
    stores(to, text(Form.UTF8, PAIR), 2, "3cd870df", "0 0 2 8", "16 8 2 4");
    stores(to, text(Form.UTF16, WIDE), 3, "6100e9000326", "0 0 2 6");
    stores(to, text(Form.LATIN1, LATIN), 2, "6100e900", "0 0 2 4");
    stores(to, text(Form.TAGGED_UTF16, WIDE), 3, "6100e9000326", "0 0 2 6");
    stores(to, text(Form.UTF8, ""), 0, "", "0 0 2 0");
  }

  @Test
  void intoLatin1OrUtf16() throws AbiStop {
    StringEncoding to = StringEncoding.LATIN1_UTF16;
    stores(to, text(Form.LATIN1, LATIN), 2, "61e9", "0 0 2 2");
    stores(to, text(Form.UTF16, "\u00ff"), 1, "ff", "0 0 2 1");
    stores(to, text(Form.UTF16, "\u0100"), TAG | 1, "0001", "0 0 2 1", "16 1 2 2");
    stores(to, text(Form.TAGGED_UTF16, "\u0100"), TAG | 1, "0001", "0 0 2 2");
    stores(to, text(Form.UTF8, NARROW), 2, "6162", "0 0 2 2");
    stores(to, text(Form.UTF16, NARROW), 2, "6162", "0 0 2 2");
    stores(to, text(Form.UTF16, WIDE), TAG | 3, "6100e9000326", "0 0 2 3", "16 3 2 6");
    stores(to, text(Form.TAGGED_UTF16, WIDE), TAG | 3, "6100e9000326", "0 0 2 6");
  }

  /** Those that shrink: what was paid is more than what is read back. */
  @Test
  void intoLatin1OrUtf16_withRoomLeft() throws AbiStop {
    shrinks(text(Form.UTF8, LATIN), 2, "61e9", 3, "0 0 2 3", "16 3 2 2");
    shrinks(text(Form.UTF8, WIDE), TAG | 3, "6100e9000326", 6, "0 0 2 6", "16 6 2 12", "22 12 2 6");
    shrinks(
        text(Form.UTF8, "aaaa\u2603"),
        TAG | 5,
        "61006100610061000326",
        10,
        "0 0 2 7",
        "16 7 2 14",
        "24 14 2 10");
    shrinks(text(Form.TAGGED_UTF16, LATIN), 2, "61e9", 4, "0 0 2 4", "16 4 1 2");
    shrinks(text(Form.TAGGED_UTF16, NARROW), 2, "6162", 4, "0 0 2 4", "16 4 1 2");
  }

  private static void shrinks(Value.Text text, int length, String bytes, int paid, String... calls)
      throws AbiStop {
    Side side = new Side(StringEncoding.LATIN1_UTF16);
    Slots flat = Slots.ofInts(2);
    new Lower(side.crossing).parameters(STRING, new Value[] {text}, flat);
    assertEquals(List.of(calls), side.memory.calls);
    assertEquals(length, flat.getInt(1));
    assertEquals(bytes, side.hex(flat.getInt(0), bytes.length() / 2));
    assertEquals(paid, side.used());
    assertEquals(text, new Lift(side.crossing).parameters(STRING, flat)[0]);
  }

  /** A form that a memory holds is told apart again when the string goes on. */
  @Test
  void lifting_remembersTheForm() throws AbiStop {
    assertEquals(Form.UTF8, form(StringEncoding.UTF8, 1));
    assertEquals(Form.UTF16, form(StringEncoding.UTF16, 1));
    assertEquals(Form.LATIN1, form(StringEncoding.LATIN1_UTF16, 1));
    assertEquals(Form.TAGGED_UTF16, form(StringEncoding.LATIN1_UTF16, TAG | 1));
  }

  private static Form form(StringEncoding encoding, int length) throws AbiStop {
    Side side = new Side(encoding);
    side.memory.bytes[FIRST] = 'a';
    Value value = new Lift(side.crossing).parameters(STRING, Slots.holding(FIRST, length))[0];
    return assertInstanceOf(Value.Text.class, value).form();
  }

  private static void breaks(String rule, StringEncoding encoding, int at, int length, int... m) {
    Side side = new Side(encoding);
    for (int i = 0; i < m.length; i++) {
      side.memory.bytes[FIRST + i] = (byte) m[i];
    }
    AbiStop stop =
        assertThrows(
            AbiStop.class,
            () -> new Lift(side.crossing).parameters(STRING, Slots.holding(at, length)));
    assertEquals(new AbiStop.Cause.BrokenRule(rule), stop.reason());
  }

  @Test
  void lifting_isStrict() {
    breaks("string is not UTF-8", StringEncoding.UTF8, FIRST, 2, 0xc0, 0x80);
    breaks("string is not UTF-8", StringEncoding.UTF8, FIRST, 1, 0xe2, 0x98, 0x83);
    breaks("string is not UTF-16", StringEncoding.UTF16, FIRST, 1, 0x00, 0xd8, 0x00, 0xdc);
    breaks("string is not UTF-16", StringEncoding.UTF16, FIRST, 2, 0xff, 0xdb, 0xff, 0xdb);
    breaks("string is not UTF-16", StringEncoding.UTF16, FIRST, 2, 0x00, 0xdc, 0x00, 0xd8);
    breaks("string is not UTF-16", StringEncoding.UTF16, FIRST, 2, 0x00, 0xdc, 0x00, 0xdc);
    breaks("string is not UTF-16", StringEncoding.UTF16, FIRST, 2, 0xff, 0xdb, 0x00, 0xe0);
    breaks("string is not UTF-16", StringEncoding.LATIN1_UTF16, FIRST, TAG | 1, 0xff, 0xdf);
  }

  @Test
  void allSurrogatePairs_areTaken() throws AbiStop {
    for (String text : List.of("\ud800\udc00", "\udbff\udfff", "\ud800\udfff\udbff\udc00x")) {
      stores(
          StringEncoding.UTF16,
          text(Form.UTF16, text),
          text.length(),
          utf16(text),
          "0 0 2 " + 2 * text.length());
    }
  }

  private static String utf16(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      String hex = Integer.toHexString(0x1_0000 | text.charAt(i)).substring(1);
      out.append(hex, 2, 4).append(hex, 0, 2);
    }
    return out.toString();
  }

  @Test
  void lifting_looksAtPlaceAndLengthFirst() throws AbiStop {
    breaks("address outside memory", StringEncoding.UTF8, MEMORY - 1, 2);
    breaks("address outside memory", StringEncoding.UTF8, -1, 1);
    breaks("string outside memory", StringEncoding.UTF8, 0, -1);
    breaks("string outside memory", StringEncoding.UTF8, 0, 1 << 28);
    breaks("string outside memory", StringEncoding.UTF16, 0, 1 << 27);
    breaks("address outside memory", StringEncoding.UTF16, 0, (1 << 27) - 1);
    breaks("address outside memory", StringEncoding.UTF8, 0, (1 << 28) - 1);
    breaks("address not aligned", StringEncoding.UTF16, 1, 0);
    breaks("address not aligned", StringEncoding.LATIN1_UTF16, 1, 0);
    breaks("address not aligned", StringEncoding.LATIN1_UTF16, 1, TAG);
    Side side = new Side(StringEncoding.UTF8);
    Lift lift = new Lift(side.crossing);
    assertEquals(new Value.Text(""), lift.parameters(STRING, Slots.holding(MEMORY, 0))[0]);
    assertEquals(new Value.Text("\0"), lift.parameters(STRING, Slots.holding(MEMORY - 1, 1))[0]);
  }

  @Test
  void loneSurrogates_areTheHostsBug() {
    for (String wrong : List.of("\ud800", "\udc00\ud800", "a\udbff")) {
      for (StringEncoding encoding : StringEncoding.values()) {
        Side side = new Side(encoding);
        AbiStop stop =
            assertThrows(
                AbiStop.class,
                () ->
                    new Lower(side.crossing)
                        .parameters(STRING, new Value[] {new Value.Text(wrong)}, Slots.ofInts(2)));
        assertInstanceOf(AbiStop.Cause.HostBug.class, stop.reason());
      }
    }
  }

  @Test
  void eachForm_isPaidBeforeTheAllocatorIsAsked() {
    Value.Text text = new Value.Text("a".repeat((int) FUEL + 1));
    for (Form form : Form.values()) {
      for (StringEncoding encoding : StringEncoding.values()) {
        Side side = new Side(encoding);
        Value[] values = {text(form, text.value())};
        AbiStop stop =
            assertThrows(
                AbiStop.class,
                () -> new Lower(side.crossing).parameters(STRING, values, Slots.ofInts(2)));
        assertInstanceOf(AbiStop.Cause.OutOfFuel.class, stop.reason());
        assertEquals(0, side.memory.reallocs);
      }
    }
  }
}
