// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.crossing;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.wasm.abi.Flatten;
import org.myrhiza.wasm.abi.Layout;
import org.myrhiza.wasm.component.FunctionType;
import org.myrhiza.wasm.component.Primitive;
import org.myrhiza.wasm.component.ValueType;

/** Random function types over all value types but handles. */
final class TypeGenerator {
  private static final Primitive[] PRIMITIVES = Primitive.values();

  private static final Primitive[] KEYS = {
    Primitive.BOOL,
    Primitive.U8,
    Primitive.S16,
    Primitive.U32,
    Primitive.S64,
    Primitive.CHAR,
    Primitive.STRING,
    Primitive.STRING
  };

  /** Parameters at most; more than can be flat. */
  private static final int MOST_PARAMS = 20;

  /** Up to this many parameters, they may be deep. */
  private static final int FEW_PARAMS = 4;

  private static final int DEPTH = 3;

  /** Types in one function type at most, about: what is beyond is primitive. */
  private static final int NODES = 48;

  private static final int KINDS = 14;
  private static final int FLAGS = 32;

  /** So many labels that the discriminant has two bytes. */
  private static final int MANY_LABELS = 300;

  private static final int LONG_FIXED = 24;

  private final Seeded random;
  private int nodes;

  TypeGenerator(Seeded random) {
    this.random = random;
  }

  /** A function type of its own size. */
  FunctionType function() {
    nodes = NODES;
    ValueType result =
        switch (random.nextInt(8)) {
          case 0 -> null;
          case 1, 2 -> type(0);
          default -> type(DEPTH);
        };
    nodes = NODES;
    return new FunctionType(random.chance(1, 3) ? atTheLimit() : params(), result);
  }

  /** A type of its own size; large ones, and such as share slots, more often than others. */
  ValueType single() {
    nodes = NODES;
    return switch (random.nextInt(6)) {
      case 0 -> new ValueType.TupleOf(atTheLimit().stream().map(ValueType.Field::type).toList());
      case 1 ->
          new ValueType.ResultOf(number(), random.nextBoolean() ? Primitive.U64 : Primitive.F64);
      default -> type(random.nextInt(DEPTH + 1));
    };
  }

  private List<ValueType.Field> params() {
    int count = random.chance(1, 2) ? random.nextInt(FEW_PARAMS + 1) : random.nextInt(MOST_PARAMS);
    List<ValueType.Field> out = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      add(out, type(count <= FEW_PARAMS ? DEPTH : 1));
    }
    return out;
  }

  /** Parameters of just as many flat values as are not spilled, one less or one more. */
  private List<ValueType.Field> atTheLimit() {
    int wanted = Flatten.MAX_PARAMS - 1 + random.nextInt(3);
    List<ValueType.Field> out = new ArrayList<>();
    int flat = 0;
    while (flat < wanted) {
      ValueType next = type(random.nextInt(DEPTH));
      if (flat + Layout.of(next).flatCount() > wanted) {
        next = flat + 2 == wanted ? Primitive.STRING : number();
      }
      flat += Layout.of(next).flatCount();
      add(out, next);
    }
    return out;
  }

  private static void add(List<ValueType.Field> params, ValueType type) {
    params.add(new ValueType.Field("p" + params.size(), type));
  }

  private Primitive number() {
    Primitive out = primitive();
    return out == Primitive.STRING ? Primitive.U16 : out;
  }

  /** Floats and strings, which have the most edges, more often than others. */
  private Primitive primitive() {
    return switch (random.nextInt(8)) {
      case 0 -> random.nextBoolean() ? Primitive.F32 : Primitive.F64;
      case 1 -> Primitive.STRING;
      default -> PRIMITIVES[random.nextInt(PRIMITIVES.length)];
    };
  }

  /** A type; of depth 0, one without types inside. */
  ValueType type(int depth) {
    nodes--;
    if (depth == 0 || nodes <= 0) {
      return switch (random.nextInt(12)) {
        case 0 -> new ValueType.EnumOf(labels("e", labelCount()));
        case 1 -> new ValueType.FlagsOf(labels("b", flagCount()));
        case 2, 3 -> new ValueType.ListOf(primitive());
        default -> primitive();
      };
    }
    return switch (random.nextInt(KINDS)) {
      case 0 -> new ValueType.ListOf(type(depth - 1));
      case 1 -> fixed(depth - 1);
      case 2 -> new ValueType.MapOf(KEYS[random.nextInt(KEYS.length)], type(depth - 1));
      case 3, 4 -> new ValueType.RecordOf(fields(depth - 1));
      case 5 -> new ValueType.TupleOf(fields(depth - 1).stream().map(f -> f.type()).toList());
      case 6, 7 -> new ValueType.VariantOf(cases(depth - 1));
      case 8, 9 -> new ValueType.OptionOf(type(depth - 1));
      case 10, 11 -> new ValueType.ResultOf(maybe(depth - 1), maybe(depth - 1));
      default -> type(0);
    };
  }

  private int labelCount() {
    return random.chance(1, 6) ? MANY_LABELS : 1 + random.nextInt(5);
  }

  private int flagCount() {
    return random.chance(1, 8) ? FLAGS : 1 + random.nextInt(FLAGS);
  }

  private ValueType fixed(int depth) {
    return random.chance(1, 4)
        ? new ValueType.FixedListOf(number(), 1 + random.nextInt(LONG_FIXED))
        : new ValueType.FixedListOf(type(depth), 1 + random.nextInt(4));
  }

  private @Nullable ValueType maybe(int depth) {
    return random.chance(1, 3) ? null : type(depth);
  }

  private List<ValueType.Field> fields(int depth) {
    List<ValueType.Field> out = new ArrayList<>();
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      out.add(new ValueType.Field("f" + i, type(depth)));
    }
    return out;
  }

  private List<ValueType.Case> cases(int depth) {
    List<ValueType.Case> out = new ArrayList<>();
    boolean many = random.chance(1, 12);
    int count = many ? MANY_LABELS : 1 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      out.add(new ValueType.Case("c" + i, many && i % 100 != 1 ? null : maybe(depth)));
    }
    return out;
  }

  private static List<String> labels(String start, int count) {
    List<String> out = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      out.add(start + i);
    }
    return out;
  }
}
