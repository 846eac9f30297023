// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.abi;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.component.FunctionType;
import org.myrhiza.wasm.component.Primitive;
import org.myrhiza.wasm.component.ValueType;
import org.myrhiza.wasm.engine.CoreSignature;
import org.myrhiza.wasm.engine.ValueKind;

/** Core signatures of component functions (CanonicalABI.md, Flattening). */
public final class Flatten {
  /** More flat parameters than these are spilled to memory. */
  public static final int MAX_PARAMS = 16;

  /** More flat results than these are spilled to memory. */
  public static final int MAX_RESULTS = 1;

  private Flatten() {}

  /** What the core function under {@code canon lift} must look like. */
  public static CoreSignature lifted(FunctionType type) {
    List<ValueKind> results = results(type);
    return new CoreSignature(
        params(type), results.size() > MAX_RESULTS ? List.of(ValueKind.I32) : results);
  }

  /** What the core function made by {@code canon lower} looks like. */
  public static CoreSignature lowered(FunctionType type) {
    List<ValueKind> results = results(type);
    if (results.size() <= MAX_RESULTS) {
      return new CoreSignature(params(type), results);
    }
    List<ValueKind> params = new ArrayList<>(params(type));
    params.add(ValueKind.I32);
    return new CoreSignature(params, List.of());
  }

  private static List<ValueKind> params(FunctionType type) {
    List<ValueKind> flat = new ArrayList<>();
    for (ValueType.Field p : type.params()) {
      flatten(p.type(), flat);
    }
    return flat.size() > MAX_PARAMS ? List.of(ValueKind.I32) : flat;
  }

  private static List<ValueKind> results(FunctionType type) {
    List<ValueKind> flat = new ArrayList<>();
    if (type.result() != null) {
      flatten(type.result(), flat);
    }
    return flat;
  }

  private static void flatten(ValueType type, List<ValueKind> out) {
    switch (type) {
      case Primitive p -> {
        switch (p) {
          case S64, U64 -> out.add(ValueKind.I64);
          case STRING -> pointerPair(out);
          case BOOL, S8, U8, S16, U16, S32, U32, CHAR -> out.add(ValueKind.I32);
        }
      }
      case ValueType.ListOf l -> pointerPair(out);
      case ValueType.RecordOf r -> r.fields().forEach(f -> flatten(f.type(), out));
      case ValueType.TupleOf t -> t.elements().forEach(e -> flatten(e, out));
      case ValueType.FlagsOf f -> out.add(ValueKind.I32);
      case ValueType.EnumOf e -> out.add(ValueKind.I32);
      case ValueType.OptionOf o -> {
        out.add(ValueKind.I32);
        flatten(o.element(), out);
      }
      case ValueType.ResultOf r -> {
        out.add(ValueKind.I32);
        List<ValueKind> joined = new ArrayList<>();
        join(r.ok(), joined);
        join(r.error(), joined);
        out.addAll(joined);
      }
      case ValueType.VariantOf v -> {
        out.add(ValueKind.I32);
        List<ValueKind> joined = new ArrayList<>();
        v.cases().forEach(c -> join(c.type(), joined));
        out.addAll(joined);
      }
    }
  }

  /** Slot by slot: the wider of what the cases want, integers only. */
  private static void join(@Nullable ValueType type, List<ValueKind> joined) {
    List<ValueKind> flat = new ArrayList<>();
    if (type != null) {
      flatten(type, flat);
    }
    for (int i = 0; i < flat.size(); i++) {
      if (i == joined.size()) {
        joined.add(flat.get(i));
      } else if (flat.get(i) == ValueKind.I64) {
        joined.set(i, ValueKind.I64);
      }
    }
  }

  private static void pointerPair(List<ValueKind> out) {
    out.add(ValueKind.I32);
    out.add(ValueKind.I32);
  }
}
