// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.guest;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.myrhiza.capability.Capabilities;
import org.myrhiza.capability.Profile;
import org.myrhiza.wasm.component.FunctionType;
import org.myrhiza.wasm.component.Primitive;
import org.myrhiza.wasm.component.ValueType;

/** The types of {@code wit/} as values: what components must import and export, exactly. */
final class Wit {
  static final String APPLY = "apply";
  static final String CREATE = "create";
  static final String PROPOSE = "propose";
  static final String CREATION_FORM = "creation-form";
  static final String VIEW = "view";

  private static final ValueType BYTES = new ValueType.ListOf(Primitive.U8);
  private static final ValueType STRING = Primitive.STRING;
  private static final ValueType STRINGS = new ValueType.ListOf(STRING);

  private static final ValueType EVENT =
      record(
          field("id", BYTES),
          field("author", record(field("principal", BYTES), field("signer", BYTES))),
          field("clock", record(field("millis", Primitive.U64), field("counter", Primitive.U16))),
          field("tag", Primitive.U32),
          field("body", BYTES));

  private static final ValueType FIELDS =
      new ValueType.ListOf(record(field("name", STRING), field("value", STRING)));

  private static final ValueType PROPOSAL =
      record(field("tag", Primitive.U32), field("body", BYTES));

  private static final ValueType ELEMENT =
      new ValueType.VariantOf(
          List.of(
              new ValueType.Case("panel", STRING),
              new ValueType.Case("list-box", STRING),
              new ValueType.Case(
                  "text",
                  record(
                      field("style", labels("heading", "body", "strong", "muted")),
                      field("content", STRING))),
              new ValueType.Case(
                  "message",
                  record(
                      field("severity", labels("info", "success", "warning", "error")),
                      field("content", STRING))),
              new ValueType.Case("menu", STRING),
              new ValueType.Case(
                  "button",
                  record(field("action", STRING), field("label", STRING), field("fields", FIELDS))),
              new ValueType.Case("form", record(field("action", STRING), field("label", STRING))),
              new ValueType.Case("input", input()),
              new ValueType.Case("dialog", STRING)));

  private static final ValueType VIEW_TYPE =
      record(
          field(
              "nodes",
              new ValueType.ListOf(
                  record(field("element", ELEMENT), field("children", Primitive.U32)))));

  private static final SortedMap<String, FunctionType> IMPORTS = imports();

  private Wit() {}

  /** The type of an imported function, or null when there is none of that name. */
  static @Nullable FunctionType imported(String instance, String function) {
    return IMPORTS.get(instance + "#" + function);
  }

  /** What a component of a profile must export. */
  static SortedMap<String, FunctionType> exports(Profile profile) {
    TreeMap<String, FunctionType> out = new TreeMap<>();
    switch (profile) {
      case STATE_APPLY -> out.put(APPLY, function(result(null, STRING), field("event", EVENT)));
      case STATE_PROPOSE -> {
        out.put(CREATE, function(result(BYTES, STRING), field("fields", FIELDS)));
        out.put(
            PROPOSE,
            function(result(PROPOSAL, STRING), field("action", STRING), field("fields", FIELDS)));
      }
      case INTERACTION -> {
        out.put(CREATION_FORM, function(VIEW_TYPE));
        out.put(VIEW, function(VIEW_TYPE));
      }
      case BEHAVIOR -> {}
    }
    return out;
  }

  private static SortedMap<String, FunctionType> imports() {
    TreeMap<String, FunctionType> out = new TreeMap<>();
    ValueType pairs = new ValueType.ListOf(new ValueType.TupleOf(List.of(BYTES, BYTES)));
    ValueType level = labels("debug", "info", "warn", "error");
    put(out, "state-read", "get", function(option(BYTES), field("key", BYTES)));
    put(
        out,
        "state-read",
        "scan",
        function(
            pairs,
            field("start", BYTES),
            field("end", option(BYTES)),
            field("limit", Primitive.U32)));
    put(out, "state-write", "put", function(null, field("key", BYTES), field("value", BYTES)));
    put(out, "state-write", "delete", function(null, field("key", BYTES)));
    put(out, "topic", "id", function(BYTES));
    put(out, "topic", "founder", function(BYTES));
    put(out, "topic", "name", function(STRING));
    put(out, "author", "forked", function(Primitive.BOOL));
    put(out, "self", "principal", function(BYTES));
    put(out, "self", "instance", function(BYTES));
    put(out, "log", "write", function(null, field("level", level), field("message", STRING)));
    put(out, "hash", "blake3", function(BYTES, field("data", BYTES)));
    put(
        out,
        "verify-signature",
        "verify",
        function(
            Primitive.BOOL,
            field("public-key", BYTES),
            field("message", BYTES),
            field("signature", BYTES)));
    return out;
  }

  private static void put(
      SortedMap<String, FunctionType> out, String name, String function, FunctionType type) {
    out.put(Capabilities.fullName(name) + "#" + function, type);
  }

  private static ValueType input() {
    ValueType kind =
        new ValueType.VariantOf(
            List.of(
                new ValueType.Case("text", null),
                new ValueType.Case("integer", null),
                new ValueType.Case("choice", STRINGS),
                new ValueType.Case("flag", null)));
    return record(
        field("name", STRING),
        field("label", STRING),
        field("kind", kind),
        field("required", Primitive.BOOL),
        field("many", Primitive.BOOL),
        field("value", STRING));
  }

  private static ValueType.Field field(String name, ValueType type) {
    return new ValueType.Field(name, type);
  }

  private static ValueType record(ValueType.Field... fields) {
    return new ValueType.RecordOf(List.of(fields));
  }

  private static ValueType labels(String... labels) {
    return new ValueType.EnumOf(List.of(labels));
  }

  private static ValueType option(ValueType type) {
    return new ValueType.OptionOf(type);
  }

  private static ValueType result(@Nullable ValueType ok, ValueType error) {
    return new ValueType.ResultOf(ok, error);
  }

  private static FunctionType function(@Nullable ValueType result, ValueType.Field... params) {
    return new FunctionType(List.of(params), result);
  }
}
