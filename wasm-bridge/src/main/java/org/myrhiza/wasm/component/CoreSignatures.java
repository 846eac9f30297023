// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.component;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.core.ValueType;

/**
 * Core signatures of component functions, and what they ask of canonical options (CanonicalABI.md,
 * Flattening).
 */
public final class CoreSignatures {
  /** More flat parameters than these are spilled to memory. */
  public static final int MAX_PARAMS = 16;

  /** More flat results than these are spilled to memory. */
  public static final int MAX_RESULTS = 1;

  private static final List<ValueType> ADDRESS = List.of(ValueType.I32);

  private CoreSignatures() {}

  /**
   * What a function's type asks of its options.
   *
   * @param memory some value or some spilled list of values lies in memory
   * @param realloc the side that receives must allocate
   */
  public record Needs(boolean memory, boolean realloc) {}

  /** What the core function under {@code canon lift} must look like. */
  public static org.myrhiza.wasm.core.FunctionType lifted(FunctionType type) {
    List<ValueType> results = results(type);
    return new org.myrhiza.wasm.core.FunctionType(
        params(type), results.size() > MAX_RESULTS ? ADDRESS : results);
  }

  /** What the core function made by {@code canon lower} looks like. */
  public static org.myrhiza.wasm.core.FunctionType lowered(FunctionType type) {
    List<ValueType> results = results(type);
    if (results.size() <= MAX_RESULTS) {
      return new org.myrhiza.wasm.core.FunctionType(params(type), results);
    }
    List<ValueType> params = new ArrayList<>(params(type));
    params.add(ValueType.I32);
    return new org.myrhiza.wasm.core.FunctionType(params, List.of());
  }

  /** What {@code canon lift} of the type needs. */
  public static Needs liftNeeds(FunctionType type) {
    boolean realloc = paramPointers(type) || flatParams(type).size() > MAX_PARAMS;
    return new Needs(realloc || resultMemory(type), realloc);
  }

  /** What {@code canon lower} of the type needs. */
  public static Needs lowerNeeds(FunctionType type) {
    boolean params = paramPointers(type) || flatParams(type).size() > MAX_PARAMS;
    return new Needs(params || resultMemory(type), hasPointers(type.result()));
  }

  private static boolean resultMemory(FunctionType type) {
    return hasPointers(type.result()) || results(type).size() > MAX_RESULTS;
  }

  private static boolean paramPointers(FunctionType type) {
    return type.params().stream().anyMatch(p -> hasPointers(p.type()));
  }

  private static boolean hasPointers(org.myrhiza.wasm.component.@Nullable ValueType type) {
    return switch (type) {
      case null -> false;
      case Primitive p -> p == Primitive.STRING;
      case org.myrhiza.wasm.component.ValueType.ListOf l -> true;
      case org.myrhiza.wasm.component.ValueType.MapOf m -> true;
      default -> Parts.of(type).stream().anyMatch(CoreSignatures::hasPointers);
    };
  }

  private static List<ValueType> params(FunctionType type) {
    List<ValueType> flat = flatParams(type);
    return flat.size() > MAX_PARAMS ? ADDRESS : flat;
  }

  private static List<ValueType> flatParams(FunctionType type) {
    List<ValueType> flat = new ArrayList<>();
    type.params().forEach(p -> flatten(p.type(), flat));
    return flat;
  }

  private static List<ValueType> results(FunctionType type) {
    List<ValueType> flat = new ArrayList<>();
    if (type.result() != null) {
      flatten(type.result(), flat);
    }
    return flat;
  }

  /**
   * The core values of a type when flat. More than {@link #MAX_PARAMS} are spilled and never looked
   * at one by one, so that long lists end early.
   */
  static void flatten(org.myrhiza.wasm.component.ValueType type, List<ValueType> out) {
    if (out.size() > MAX_PARAMS) {
      return;
    }
    switch (type) {
      case Primitive p -> primitive(p, out);
      case org.myrhiza.wasm.component.ValueType.ListOf l -> pointers(out);
      case org.myrhiza.wasm.component.ValueType.MapOf m -> pointers(out);
      case org.myrhiza.wasm.component.ValueType.FixedListOf l -> {
        for (int i = 0; i != l.length() && out.size() <= MAX_PARAMS; i++) {
          flatten(l.element(), out);
        }
      }
      case org.myrhiza.wasm.component.ValueType.RecordOf r ->
          r.fields().forEach(f -> flatten(f.type(), out));
      case org.myrhiza.wasm.component.ValueType.TupleOf t ->
          t.elements().forEach(e -> flatten(e, out));
      case org.myrhiza.wasm.component.ValueType.FlagsOf f -> out.add(ValueType.I32);
      case org.myrhiza.wasm.component.ValueType.EnumOf e -> out.add(ValueType.I32);
      case org.myrhiza.wasm.component.ValueType.OwnOf o -> out.add(ValueType.I32);
      case org.myrhiza.wasm.component.ValueType.BorrowOf b -> out.add(ValueType.I32);
      case org.myrhiza.wasm.component.ValueType.OptionOf o -> choice(type, out);
      case org.myrhiza.wasm.component.ValueType.ResultOf r -> choice(type, out);
      case org.myrhiza.wasm.component.ValueType.VariantOf v -> choice(type, out);
    }
  }

  private static void primitive(Primitive p, List<ValueType> out) {
    switch (p) {
      case S64, U64 -> out.add(ValueType.I64);
      case F32 -> out.add(ValueType.F32);
      case F64 -> out.add(ValueType.F64);
      case STRING -> pointers(out);
      case BOOL, S8, U8, S16, U16, S32, U32, CHAR -> out.add(ValueType.I32);
    }
  }

  private static void pointers(List<ValueType> out) {
    out.add(ValueType.I32);
    out.add(ValueType.I32);
  }

  /** A discriminant, then slot by slot what holds the value of every case. */
  private static void choice(org.myrhiza.wasm.component.ValueType type, List<ValueType> out) {
    List<ValueType> joined = new ArrayList<>();
    for (org.myrhiza.wasm.component.ValueType payload : Parts.of(type)) {
      List<ValueType> flat = new ArrayList<>();
      flatten(payload, flat);
      for (int i = 0; i < flat.size(); i++) {
        if (i == joined.size()) {
          joined.add(flat.get(i));
        } else {
          joined.set(i, join(joined.get(i), flat.get(i)));
        }
      }
    }
    out.add(ValueType.I32);
    out.addAll(joined);
  }

  private static ValueType join(ValueType a, ValueType b) {
    if (a == b) {
      return a;
    }
    boolean narrow =
        (a == ValueType.I32 || a == ValueType.F32) && (b == ValueType.I32 || b == ValueType.F32);
    return narrow ? ValueType.I32 : ValueType.I64;
  }
}
