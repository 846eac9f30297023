// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.wit;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.component.FunctionType;
import org.myrhiza.wasm.component.Primitive;
import org.myrhiza.wasm.component.ValueType;

/** Value and function types in the words of WIT, on one line. */
final class WitTypes {
  private static final TreeSet<String> KEYWORDS =
      new TreeSet<>(
          List.of(
              ("as async bool borrow char constructor enum export f32 f64 flags from func future"
                      + " import include interface list map option own package record resource"
                      + " result s16 s32 s64 s8 static stream string tuple type u16 u32 u64 u8 use"
                      + " variant with world")
                  .split(" ")));

  private WitTypes() {}

  /** A name as an identifier. */
  static String id(String name) {
    return KEYWORDS.contains(name) ? "%" + name : name;
  }

  /** A type where it is used: by its name if it has one. */
  static String use(ValueType type, WitNames names) {
    String name = names.of(WitNames.mark(type));
    return name == null ? inFull(type, names) : id(name);
  }

  private static String inFull(ValueType type, WitNames names) {
    return switch (type) {
      case Primitive p -> p.text();
      case ValueType.ListOf l -> "list<" + use(l.element(), names) + ">";
      case ValueType.FixedListOf l -> "list<" + use(l.element(), names) + ", " + l.length() + ">";
      case ValueType.MapOf m -> "map<" + use(m.key(), names) + ", " + use(m.value(), names) + ">";
      case ValueType.TupleOf t ->
          t.elements().stream()
              .map(each -> use(each, names))
              .collect(Collectors.joining(", ", "tuple<", ">"));
      case ValueType.OptionOf o -> "option<" + use(o.element(), names) + ">";
      case ValueType.ResultOf r -> result(r, names);
      case ValueType.OwnOf o -> names.of(o.mark(), o.resource());
      case ValueType.BorrowOf b -> "borrow<" + names.of(b.mark(), b.resource()) + ">";
      case ValueType.RecordOf r -> inline("record", r, names);
      case ValueType.VariantOf v -> inline("variant", v, names);
      case ValueType.EnumOf e -> inline("enum", e, names);
      case ValueType.FlagsOf f -> inline("flags", f, names);
    };
  }

  private static String result(ValueType.ResultOf r, WitNames names) {
    ValueType ok = r.ok();
    ValueType error = r.error();
    if (ok == null) {
      return error == null ? "result" : "result<_, " + use(error, names) + ">";
    }
    return "result<" + use(ok, names) + (error == null ? "" : ", " + use(error, names)) + ">";
  }

  /** WIT cannot say these without a name, so this is for eyes only. */
  private static String inline(String keyword, ValueType type, WitNames names) {
    return keyword + " { " + String.join(", ", members(type, names)) + " }";
  }

  /** What stands between the braces of a definition. */
  static List<String> members(ValueType type, WitNames names) {
    return switch (type) {
      case ValueType.RecordOf r ->
          r.fields().stream().map(f -> id(f.name()) + ": " + use(f.type(), names)).toList();
      case ValueType.VariantOf v -> v.cases().stream().map(c -> variantCase(c, names)).toList();
      case ValueType.EnumOf e -> e.labels().stream().map(WitTypes::id).toList();
      case ValueType.FlagsOf f -> f.labels().stream().map(WitTypes::id).toList();
      default -> throw new IllegalArgumentException("no members: " + type);
    };
  }

  private static String variantCase(ValueType.Case c, WitNames names) {
    ValueType type = c.type();
    return id(c.name()) + (type == null ? "" : "(" + use(type, names) + ")");
  }

  /** The keyword of a type that a definition gives members, or null. */
  static @Nullable String keyword(ValueType type) {
    return switch (type) {
      case ValueType.RecordOf r -> "record";
      case ValueType.VariantOf v -> "variant";
      case ValueType.EnumOf e -> "enum";
      case ValueType.FlagsOf f -> "flags";
      default -> null;
    };
  }

  /**
   * A function's parameters and result.
   *
   * @param skipped parameters left out at the front: the self of a method
   */
  static String signature(FunctionType type, int skipped, WitNames names) {
    ValueType result = type.result();
    return parameters(type, skipped, names) + (result == null ? "" : " -> " + use(result, names));
  }

  /** A function's parameters. */
  static String parameters(FunctionType type, int skipped, WitNames names) {
    return type.params().stream()
        .skip(skipped)
        .map(p -> id(p.name()) + ": " + use(p.type(), names))
        .collect(Collectors.joining(", ", "(", ")"));
  }
}
