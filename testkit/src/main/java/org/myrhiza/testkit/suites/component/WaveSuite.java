// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.wasm.binary.WasmException;
import org.myrhiza.wasm.component.DefinedType;
import org.myrhiza.wasm.component.Definition;
import org.myrhiza.wasm.component.Primitive;
import org.myrhiza.wasm.component.TypeScope;
import org.myrhiza.wasm.component.ValueType;
import org.myrhiza.wasm.component.Work;
import org.myrhiza.wasm.value.Value;
import org.myrhiza.wasm.value.Wave;
import org.myrhiza.wasm.value.WaveError;
import org.myrhiza.wasm.value.WaveResult;

/** Values as text, as WAVE.md of the Component Model has them. */
public final class WaveSuite {
  private static final int ROUNDS = 1_500;
  private static final int TEXT_CHARS = 1 << 22;

  private static final ValueType BYTE = Primitive.U8;
  private static final ValueType TEXT = Primitive.STRING;
  private static final ValueType MAYBE = new ValueType.OptionOf(BYTE);
  private static final ValueType WHOLE = record("must-have", BYTE, "optional", MAYBE);
  private static final ValueType HOLLOW = record("a", MAYBE, "b", MAYBE);
  private static final ValueType STATUS = new ValueType.EnumOf(List.of("ok", "not-found"));
  private static final ValueType PERMS = new ValueType.FlagsOf(List.of("read", "write", "none"));
  private static final ValueType ANSWER =
      new ValueType.VariantOf(
          List.of(
              new ValueType.Case("empty", null),
              new ValueType.Case("body", new ValueType.ListOf(BYTE)),
              new ValueType.Case("err", TEXT)));

  /** Makes the suite. */
  public WaveSuite() {}

  private static ValueType record(String first, ValueType one, String second, ValueType two) {
    return new ValueType.RecordOf(
        List.of(new ValueType.Field(first, one), new ValueType.Field(second, two)));
  }

  private static Value read(ValueType type, String text) {
    return switch (Wave.parse(type, text)) {
      case WaveResult.Ok<Value>(Value value) -> value;
      case WaveResult.Failed<Value>(WaveError error) -> fail(text + ": " + error.message());
    };
  }

  private static String written(ValueType type, Value value) {
    return switch (Wave.print(type, value)) {
      case WaveResult.Ok<String>(String text) -> text;
      case WaveResult.Failed<String>(WaveError error) -> fail(value + ": " + error.message());
    };
  }

  private static WaveError refused(ValueType type, String text) {
    return switch (Wave.parse(type, text)) {
      case WaveResult.Ok<Value>(Value value) -> fail(text + " was read as " + value);
      case WaveResult.Failed<Value>(WaveError error) -> error;
    };
  }

  /** The text is read, and written back in its one form. */
  private static void assertForms(ValueType type, String form, String... others) {
    Value value = read(type, form);
    assertEquals(form, written(type, value));
    for (String other : others) {
      assertEquals(value, read(type, other), other);
    }
  }

  private static void assertRefused(ValueType type, String text, int position, String words) {
    WaveError error = refused(type, text);
    assertEquals(position, error.position(), text + ": " + error.message());
    assertTrue(error.message().contains(words), text + ": " + error.message());
  }

  @Test
  void randomValues_surviveWritingAndReading() {
    Seeded random = new Seeded(20_260L);
    RandomTypes types = new RandomTypes(random);
    for (int i = 0; i < ROUNDS; i++) {
      ValueType type = types.type(3);
      Value value = types.value(type);
      String text = written(type, value);
      assertEquals(value, read(type, text), "seed 20260 round " + i + ": " + text);
      String spaced = " // a comment\n" + text + "\r\n\t//";
      assertEquals(value, read(type, spaced), "seed 20260 round " + i + ": " + text);
    }
  }

  @Test
  void formsOfTheSpecification_areReadAndWrittenInOneForm() {
    assertForms(Primitive.BOOL, "true", " true ");
    assertForms(Primitive.S8, "-128");
    assertForms(Primitive.U64, "18446744073709551615");
    assertForms(Primitive.S64, "-9223372036854775808");
    assertForms(Primitive.CHAR, "'x'", "'\\u{78}'");
    assertForms(Primitive.CHAR, "'\\''");
    assertForms(Primitive.CHAR, "'\"'", "'\\\"'");
    assertForms(Primitive.CHAR, "'\\u{0}'", "'\u0000'");
    assertForms(Primitive.CHAR, "'😀'", "'\\u{1F600}'");
    assertForms(TEXT, "\"abc\\t123\"", "\"abc\t123\"");
    assertForms(TEXT, "\"it's \\\"\\\\\\n\\r\"", "\"it\\'s \\\"\\\\\\n\\r\"");
    assertForms(new ValueType.TupleOf(List.of(TEXT, BYTE)), "(\"abc\", 123)", "(\"abc\",123,)");
    assertForms(new ValueType.ListOf(BYTE), "[1, 2, 3]", "[1,2,3,]", "[ 1, // one\n2, 3 ]");
    assertForms(new ValueType.ListOf(Primitive.CHAR), "[]", "[ ]");
    assertForms(new ValueType.FixedListOf(BYTE, 2), "[1, 2]");
    assertForms(new ValueType.MapOf(TEXT, BYTE), "[(\"k\", 1)]", "[(\"k\", 1,),]");
    assertForms(WHOLE, "{must-have: 123}", "{optional: none, must-have: 123,}");
    assertForms(WHOLE, "{must-have: 1, optional: some(2)}", "{%optional: 2, %must-have: 1}");
    assertForms(HOLLOW, "{:}", "{a: none}", "{ : }");
    assertForms(ANSWER, "empty", "%empty");
    assertForms(ANSWER, "body([79, 75])");
    assertForms(ANSWER, "%err(\"oops\")");
    assertForms(STATUS, "%ok");
    assertForms(STATUS, "not-found");
    assertForms(MAYBE, "some(123)", "123");
    assertForms(new ValueType.OptionOf(MAYBE), "some(none)");
    assertForms(new ValueType.OptionOf(STATUS), "some(%ok)", "%ok");
    assertForms(new ValueType.ResultOf(BYTE, null), "ok(123)", "123");
    assertForms(new ValueType.ResultOf(null, TEXT), "ok");
    assertForms(new ValueType.ResultOf(null, TEXT), "err(\"oops\")");
    assertForms(new ValueType.ResultOf(null, null), "err");
    assertForms(PERMS, "{read, none}", "{none,read,}", "{%none, read}");
    assertForms(PERMS, "{}");
  }

  @Test
  void multilineStrings_loseTheirIndentation() {
    assertForms(TEXT, "\"A single line\"", "\"\"\"\nA single line\n\"\"\"");
    assertForms(
        TEXT,
        "\"  by\\n    delimiter\\\"\\\"\\\"\"",
        "\"\"\"\r\n    by\r\n      delimiter\"\"\\\"\n  \"\"\"");
    assertForms(TEXT, "\"\\n\"", "\"\"\"\n\n\n\"\"\"");
    assertRefused(TEXT, "\"\"\"a\n\"\"\"", 3, "a line end");
    assertRefused(TEXT, "\"\"\"\na\"\"\"", 5, "on a line of its own");
    assertRefused(TEXT, "\"\"\"\n a\n  \"\"\"", 5, "2 spaces");
    assertRefused(TEXT, "\"\"\"\n a\n  ", 0, "the closing");
    assertRefused(TEXT, "\"\"\"\n\"\"\"", 4, "on a line of its own");
  }

  @Test
  void hostileTexts_areRefusedWhereTheyGoWrong() {
    assertRefused(Primitive.BOOL, "truest", 0, "seen truest, allowed true or false");
    assertRefused(BYTE, "256", 0, "an integer from 0 to 255");
    assertRefused(BYTE, "-0", 0, "an integer from 0 to 255");
    assertRefused(Primitive.S8, "-129", 0, "an integer from -128 to 127");
    assertRefused(Primitive.U64, "18446744073709551616", 0, "to 18446744073709551615");
    assertRefused(Primitive.S64, "9223372036854775808", 0, "to 9223372036854775807");
    assertRefused(BYTE, "1.0", 0, "an integer");
    assertRefused(BYTE, "01", 0, "an integer");
    assertRefused(BYTE, "0x1", 0, "an integer");
    assertRefused(BYTE, "1 2", 2, "nothing");
    assertRefused(BYTE, "", 0, "the end");
    assertRefused(Primitive.F64, "1.", 0, "digits after the point");
    assertRefused(Primitive.F64, ".5", 0, "a number, nan, inf or -inf");
    assertRefused(Primitive.F64, "1e+", 0, "digits in the exponent");
    assertRefused(Primitive.F64, "1e309", 0, "too great");
    assertRefused(Primitive.F64, "1e99999999999", 0, "too great");
    assertRefused(Primitive.F64, "0." + "1".repeat(2_000), 0, "at most 1100");
    assertRefused(Primitive.F32, "3.5e38", 0, "too great");
    assertRefused(Primitive.F64, "-nan", 0, "a number");
    assertRefused(Primitive.CHAR, "''", 1, "a character between");
    assertRefused(Primitive.CHAR, "'ab'", 2, "the closing '");
    assertRefused(Primitive.CHAR, "'\\u{d800}'", 1, "a Unicode scalar value");
    assertRefused(Primitive.CHAR, "'\\u{110000}'", 1, "a Unicode scalar value");
    assertRefused(Primitive.CHAR, "'\\u{}'", 3, "1 to 6");
    assertRefused(Primitive.CHAR, "'\\u{0000000}'", 3, "1 to 6");
    assertRefused(Primitive.CHAR, "'\\u{1g}'", 5, "hexadecimal digits");
    assertRefused(Primitive.CHAR, "'\\x'", 2, "one of");
    assertRefused(Primitive.CHAR, "'\ud83d'", 1, "Unicode scalar values");
    assertRefused(TEXT, "\"a\nb\"", 2, "\\n for a line end");
    assertRefused(TEXT, "\"a", 2, "the closing \"");
    assertRefused(TEXT, "\"\\", 2, "one of");
    assertRefused(new ValueType.ListOf(BYTE), "[,]", 1, "an integer");
    assertRefused(new ValueType.ListOf(BYTE), "[1,,]", 3, "an integer");
    assertRefused(new ValueType.ListOf(BYTE), "[1 2]", 3, "']'");
    assertRefused(new ValueType.FixedListOf(BYTE, 2), " [1]", 1, "exactly 2");
    assertRefused(new ValueType.TupleOf(List.of(BYTE, BYTE)), "(1)", 2, "','");
    assertRefused(new ValueType.TupleOf(List.of(BYTE)), "(1, 2)", 4, "')'");
    assertRefused(WHOLE, "{optional: 1}", 12, "the field must-have");
    assertRefused(WHOLE, "{other: 1}", 1, "seen other, allowed must-have, optional");
    assertRefused(WHOLE, "{must-have: 1, must-have: 1}", 15, "each field once");
    assertRefused(HOLLOW, "{}", 1, "a name");
    assertRefused(HOLLOW, "{:,}", 2, "'}'");
    assertRefused(ANSWER, "err(\"x\")", 0, "%err for the case of that name");
    assertRefused(ANSWER, "none", 0, "empty, body, err");
    assertRefused(ANSWER, "empty()", 5, "nothing");
    assertRefused(ANSWER, "body", 4, "'('");
    assertRefused(STATUS, "ok", 0, "%ok");
    assertRefused(PERMS, "{read, read}", 7, "each flag once");
    assertRefused(PERMS, "{exec}", 1, "read, write, none");
    assertRefused(new ValueType.OptionOf(MAYBE), "1", 0, "none or some(…)");
    assertRefused(new ValueType.ResultOf(null, TEXT), "1", 0, "ok or err(…)");
  }

  @Test
  void arguments_areReadByTheirParameters() {
    List<ValueType.Field> params =
        List.of(
            new ValueType.Field("text", TEXT),
            new ValueType.Field("first", MAYBE),
            new ValueType.Field("last", MAYBE));
    List<Value> expected =
        List.of(new Value.Text("a"), Value.Case.some(new Value.Int32(1)), Value.Case.NONE);
    for (String text : List.of("f(\"a\", 1)", "f(\"a\", some(1), none,)", "f (\"a\", 1,) //")) {
      assertEquals(new WaveResult.Ok<>(expected), Wave.parseArguments(params, text, 1), text);
    }
    assertEquals(
        new WaveResult.Failed<>(new WaveError(2, "arguments", "')'", "a value for text")),
        Wave.parseArguments(params, "f()", 1));
    assertEquals(
        new WaveResult.Failed<>(new WaveError(19, "arguments", "4", "at most 3 of them")),
        Wave.parseArguments(params, "f(\"a\", none, none, 4)", 1));
    assertInstanceOf(WaveResult.Failed.class, Wave.parseArguments(params, "f(\"a\"", 1));
    assertInstanceOf(WaveResult.Failed.class, Wave.parseArguments(params, "f(\"a\") -> 1", 1));
  }

  @Test
  void writtenTexts_moveNoCursorAndHideNothing() {
    StringBuilder all = new StringBuilder();
    for (int point = 0; point < 0x2100; point++) {
      all.appendCodePoint(point);
    }
    Value value = new Value.Text(all.append('\ufeff').toString());
    String text = written(TEXT, value);
    assertEquals(value, read(TEXT, text));
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean control = c < ' ' || (c >= 0x7f && c <= 0x9f);
      boolean turning = (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e);
      assertTrue(!control && !turning && c != 0xfeff, "character " + (int) c + " at " + i);
    }
  }

  @Test
  void size_isBoundedBothWays() {
    assertRefused(BYTE, " ".repeat(TEXT_CHARS + 1), 0, "at most " + TEXT_CHARS);
    List<ValueType.Field> fields = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      fields.add(new ValueType.Field("f" + i, MAYBE));
    }
    ValueType many = new ValueType.ListOf(new ValueType.RecordOf(fields));
    String texts = "[" + "{:},".repeat(2_200) + "]";
    assertTrue(refused(many, texts).message().contains("at most " + TEXT_CHARS + " values"));
    Value.Octets tooMany = Value.Octets.adopt(new byte[TEXT_CHARS]);
    WaveError tooLong =
        assertInstanceOf(WaveResult.Failed.class, Wave.print(new ValueType.ListOf(BYTE), tooMany))
            .error();
    assertEquals("text", tooLong.what());
    ValueType deep = BYTE;
    for (int i = 0; i < 40; i++) {
      deep = new ValueType.ListOf(deep);
    }
    assertRefused(deep, "[".repeat(40), 32, "at most 32 values inside each other");
  }

  @Test
  void handles_haveNoText() throws WasmException {
    TypeScope scope = TypeScope.root(new Work());
    TypeScope.Declared declared = scope.declared(new Definition.Extern.FreshResource(), 0);
    DefinedType.ExternType.Type type =
        assertInstanceOf(DefinedType.ExternType.Type.class, declared.type());
    DefinedType.Resource resource = assertInstanceOf(DefinedType.Resource.class, type.type());
    ValueType own = new ValueType.OwnOf(resource.type(), resource.mark());
    assertRefused(new ValueType.TupleOf(List.of(own)), "(1)", 1, "a handle cannot be written");
    assertInstanceOf(WaveResult.Failed.class, Wave.print(own, new Value.Handle(0, 1, 1)));
  }

  @Test
  void valuesOfAnotherType_areABugOfTheCaller() {
    assertThrows(IllegalArgumentException.class, () -> Wave.print(TEXT, new Value.Int32(1)));
    assertThrows(IllegalArgumentException.class, () -> Wave.print(MAYBE, new Value.Case(1, null)));
    assertThrows(
        IllegalArgumentException.class, () -> Wave.print(Primitive.U64, new Value.Int32(1)));
  }
}
