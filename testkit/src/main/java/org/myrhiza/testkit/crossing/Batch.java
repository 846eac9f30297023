// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.crossing;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.wasm.ComponentBytes;
import org.myrhiza.wasm.abi.Flatten;
import org.myrhiza.wasm.binary.ByteWriter;
import org.myrhiza.wasm.component.FunctionType;
import org.myrhiza.wasm.component.Primitive;
import org.myrhiza.wasm.component.StringEncoding;
import org.myrhiza.wasm.component.ValueType;
import org.myrhiza.wasm.value.Value;

/**
 * Some exchanges that share a component, whose functions are {@code f0}, {@code f1} and so on and
 * call the imported {@code h0}, {@code h1}.
 *
 * @param seed what decided them
 * @param encoding how the guest holds strings
 * @param exchanges at least one
 */
public record Batch(long seed, StringEncoding encoding, List<Exchange> exchanges) {
  /** Exchanges of a batch that a seed makes. */
  public static final int SIZE = 12;

  /** One in so many batches for comparison holds strings as {@code latin1+utf16}. */
  private static final int RARE = 8;

  /** Values tried to find one that a flaw has a place in. */
  private static final int ATTEMPTS = 50;

  /** The function that gives the guest's memory from {@link GuestModules#FIRST} on. */
  static final String DUMP = "dump";

  private static final FunctionType DUMP_TYPE =
      new FunctionType(List.of(), new ValueType.ListOf(Primitive.U8));

  private static final int CORE_FUNCTION = 0x00;
  private static final int CORE_MEMORY = 0x02;
  private static final int CORE_INSTANCE = 0x12;
  private static final int FUNCTION = 0x01;

  /** Copies the list. */
  public Batch {
    exchanges = List.copyOf(exchanges);
    if (exchanges.isEmpty()) {
      throw new IllegalArgumentException("a batch of nothing");
    }
  }

  /**
   * Makes a batch. The encoding goes round with the seed.
   *
   * @param seed decides everything
   * @return the same one for the same seed
   */
  public static Batch of(long seed) {
    return of(seed, encoding(seed), null);
  }

  /**
   * Makes a batch that another runtime can be given too: texts come in the form that the guest
   * holds them in, so that both copy them, and no map has two equal keys, which JavaScript's cannot
   * have.
   *
   * @param seed decides everything
   * @return the same one for the same seed; the types are those of {@link #of}
   */
  public static Batch forComparison(long seed) {
    if (Long.remainderUnsigned(seed, RARE) == 0) {
      return of(seed, StringEncoding.LATIN1_UTF16, Value.Text.Form.TAGGED_UTF16);
    }
    return (seed & 1) == 0
        ? of(seed, StringEncoding.UTF8, Value.Text.Form.UTF8)
        : of(seed, StringEncoding.UTF16, Value.Text.Form.UTF16);
  }

  private static StringEncoding encoding(long seed) {
    return switch ((int) Long.remainderUnsigned(seed, 3)) {
      case 0 -> StringEncoding.UTF8;
      case 1 -> StringEncoding.UTF16;
      default -> StringEncoding.LATIN1_UTF16;
    };
  }

  private static Batch of(long seed, StringEncoding encoding, Value.Text.@Nullable Form form) {
    Seeded random = new Seeded(seed);
    List<Exchange> exchanges = new ArrayList<>();
    for (int i = 0; i < SIZE; i++) {
      FunctionType type = new TypeGenerator(random.fork("type " + i)).function();
      ValueGenerator values = new ValueGenerator(random.fork("values " + i), form);
      List<Value> arguments = type.params().stream().map(p -> values.value(p.type())).toList();
      ValueType result = type.result();
      exchanges.add(
          new Exchange(
              type, arguments, result == null ? null : values.value(result), random.nextBoolean()));
    }
    return new Batch(seed, encoding, exchanges);
  }

  /**
   * Makes a batch whose guest gives flawed values, as parameters and as results. The flaws go round
   * with the seed.
   *
   * @param seed decides everything
   * @return the same one for the same seed
   */
  public static Batch flawed(long seed) {
    Seeded random = new Seeded(seed);
    Flaw[] flaws = Flaw.values();
    List<Exchange> exchanges = new ArrayList<>();
    int address = (GuestModules.FLAWED_PAGES - 1) * GuestModules.PAGE;
    for (int i = 0; i < SIZE * ATTEMPTS && exchanges.size() < SIZE; i++) {
      long turn = seed * SIZE + i / ATTEMPTS;
      Flaw flaw = flaws[(int) Long.remainderUnsigned(turn, flaws.length)];
      Exchange made = flawed(random.fork("flawed " + i), encoding(seed), address, flaw);
      if (made.flawed() != null) {
        exchanges.add(made);
        address += made.flawed().memory().size();
        i += ATTEMPTS - 1 - i % ATTEMPTS;
      }
    }
    return new Batch(seed, encoding(seed), exchanges);
  }

  private static Exchange flawed(Seeded random, StringEncoding encoding, int address, Flaw flaw) {
    ValueType type = new TypeGenerator(random.fork("type")).single();
    Value value = ValueGenerator.small(random.fork("value"), Value.Text.Form.UTF16).value(type);
    if (random.nextBoolean() || flaw == Flaw.WIDE_SLOT) {
      List<ValueType.Field> params = List.of(new ValueType.Field("p0", type));
      FunctionType function = new FunctionType(params, null);
      FlawedWriter.Place place =
          new FlawedWriter.Place(
              encoding,
              address,
              GuestModules.FLAWED_PAGES * GuestModules.PAGE,
              Flatten.lowered(function).params(),
              Flatten.MAX_PARAMS);
      Flawed flawed = FlawedWriter.write(random, place, type, value, flaw);
      return new Exchange(function, List.of(value), null, false, flawed);
    }
    FunctionType function = new FunctionType(List.of(), type);
    FlawedWriter.Place place =
        new FlawedWriter.Place(
            encoding,
            address,
            GuestModules.FLAWED_PAGES * GuestModules.PAGE,
            Flatten.lifted(function).results(),
            Flatten.MAX_RESULTS);
    Flawed flawed = FlawedWriter.write(random, place, type, value, flaw);
    return new Exchange(function, List.of(), value, false, flawed);
  }

  /**
   * The component.
   *
   * @return its bytes
   */
  public byte[] component() {
    ComponentBytes out = new ComponentBytes();
    TypeWriter types = new TypeWriter(out);
    List<Integer> functionTypes = new ArrayList<>();
    int count = exchanges.size();
    for (int i = 0; i < count; i++) {
      int type = types.function(exchanges.get(i).type());
      functionTypes.add(type);
      ByteWriter name = ComponentBytes.named("h" + i);
      out.item(ComponentBytes.IMPORT, name.u8(FUNCTION).u32(type));
    }
    functionTypes.add(types.function(DUMP_TYPE));
    out.whole(ComponentBytes.CORE_MODULE, GuestModules.memory(exchanges));
    out.whole(ComponentBytes.CORE_MODULE, GuestModules.passing(exchanges));
    out.item(ComponentBytes.CORE_INSTANCE, 0, 0, 0);
    alias(out, CORE_MEMORY, 0, "memory");
    alias(out, CORE_FUNCTION, 0, "realloc");
    alias(out, CORE_FUNCTION, 0, DUMP);
    for (int i = 0; i < count; i++) {
      ByteWriter lower = new ByteWriter().u8s(1, 0).u32(i);
      out.item(ComponentBytes.CANON, lower.append(options(-1)));
    }
    instances(out, count);
    lift(out, functionTypes);
    return out.toByteArray();
  }

  private static void alias(ComponentBytes out, int sort, int instance, String name) {
    out.item(ComponentBytes.ALIAS, new ByteWriter().u8s(0, sort, 1).u32(instance).name(name));
  }

  /** Core functions before are realloc, dump and the lowered ones. */
  private static void instances(ComponentBytes out, int count) {
    ByteWriter hosts = new ByteWriter().u8(1).u32(count);
    for (int i = 0; i < count; i++) {
      hosts.name("h" + i).u8(CORE_FUNCTION).u32(2 + i);
    }
    out.item(ComponentBytes.CORE_INSTANCE, hosts);
    ByteWriter passing = new ByteWriter().u8s(0, 1).u32(2);
    passing.name("h").u8(CORE_INSTANCE).u32(1).name("a").u8(CORE_INSTANCE).u32(0);
    out.item(ComponentBytes.CORE_INSTANCE, passing);
  }

  private void lift(ComponentBytes out, List<Integer> types) {
    int count = exchanges.size();
    int core = 2 + count;
    List<ByteWriter> lifted = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      alias(out, CORE_FUNCTION, 2, "f" + i);
      ByteWriter lift = new ByteWriter().u8s(0, 0).u32(core++);
      boolean post = exchanges.get(i).postReturn();
      if (post) {
        alias(out, CORE_FUNCTION, 2, "p" + i);
      }
      lifted.add(lift.append(options(post ? core++ : -1)).u32(types.get(i)));
    }
    lifted.add(new ByteWriter().u8s(0, 0).u32(1).append(options(-1)).u32(types.get(count)));
    lifted.forEach(each -> out.item(ComponentBytes.CANON, each));
    for (int i = 0; i <= count; i++) {
      String name = i < count ? "f" + i : DUMP;
      out.item(ComponentBytes.EXPORT, ComponentBytes.export(name, FUNCTION, count + i));
    }
  }

  /** Encoding, memory 0, core function 0 as realloc, and a function for post-return or -1. */
  private ByteWriter options(int postReturn) {
    ByteWriter out = new ByteWriter().u32(postReturn < 0 ? 3 : 4);
    int strings =
        switch (encoding) {
          case UTF8 -> 0;
          case UTF16 -> 1;
          case LATIN1_UTF16 -> 2;
        };
    out.u8(strings).u8s(3, 0, 4, 0);
    return postReturn < 0 ? out : out.u8(5).u32(postReturn);
  }
}
