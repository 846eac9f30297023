// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.component;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.testkit.wasm.ComponentBytes;
import org.myrhiza.wasm.binary.ByteWriter;

/** Components that are small as bytes and large, deep or slow as anything else. */
final class ComponentBombs {
  private static final int FUNC = 1;
  private static final int TYPE = 3;
  private static final int COMPONENT = 4;
  private static final int INSTANCE = 5;
  private static final int U8 = 0x7d;
  private static final int RECORD = 0x72;
  private static final int ENUM = 0x6d;
  private static final int OPTION = 0x6b;
  private static final int TUPLE = 0x6f;
  private static final int FIXED = 0x67;
  private static final int FUNCTION = 0x40;
  private static final int COMPONENT_TYPE = 0x41;
  private static final int INSTANCE_TYPE = 0x42;
  private static final int OUTER = 2;
  private static final int LONG_NAME = 512;

  private ComponentBombs() {}

  /** What becomes of a bomb. */
  enum End {
    /** A bound stops it. */
    REFUSED,
    /** It is within all bounds, and costs little. */
    TAKEN
  }

  /** A bomb: what to call it, the bytes, and what becomes of them. */
  record Bomb(String name, Bytes bytes, End end) {}

  private static Bomb refused(String name, byte[] bytes) {
    return new Bomb(name, Bytes.adopt(bytes), End.REFUSED);
  }

  private static Bomb taken(String name, byte[] bytes) {
    return new Bomb(name, Bytes.adopt(bytes), End.TAKEN);
  }

  /** Bombs of types. */
  static List<Bomb> types() {
    List<Bomb> out = new ArrayList<>();
    out.add(refused("options in options", chain(50_000, i -> of(OPTION).s32(i))));
    out.add(refused("records of records", chain(60, ComponentBombs::pair)));
    for (int form : new int[] {INSTANCE_TYPE, COMPONENT_TYPE}) {
      String of = form == INSTANCE_TYPE ? " instance types" : " component types";
      out.add(refused("nested" + of, nestedTypes(form)));
      for (boolean imported : new boolean[] {false, true}) {
        String end = imported ? ", imported" : ", exported";
        out.add(refused("a chain of" + of + end, typeTower(form, 20_000, 1, imported)));
        out.add(refused("a tree of" + of + end, typeTower(form, 40, 2, imported)));
        boolean host = imported && form == COMPONENT_TYPE;
        Bytes small = Bytes.adopt(typeTower(form, 16, 2, imported));
        out.add(new Bomb("a small tree of" + of + end, small, host ? End.REFUSED : End.TAKEN));
      }
    }
    out.add(refused("a record of long enums", recordOfEnums()));
    out.add(taken("tuples in fixed lists", fixedLists()));
    out.add(refused("compared enums", comparedEnums()));
    out.add(taken("many small types", many(100_000, ComponentBytes.TYPE, of(U8))));
    out.add(refused("more small types", many(100_001, ComponentBytes.TYPE, of(U8))));
    out.add(refused("many declarations", declarations()));
    return out;
  }

  /** Bombs of instances. */
  static List<Bomb> instances() {
    List<Bomb> out = new ArrayList<>();
    out.add(refused("a chain of instances", instanceTower(20_000, 1, 1)));
    out.add(refused("a tree of instances", instanceTower(40, 2, 1)));
    out.add(refused("a small tree of instances", instanceTower(17, 2, LONG_NAME)));
    out.add(taken("a tower of components", componentTower(7)));
    out.add(refused("a higher tower of components", componentTower(100)));
    out.add(refused("exports of exports", inlineExports(10, 1_000, 255)));
    out.add(refused("module types in instances", moduleTypes()));
    out.add(refused("arguments", arguments(1_000, 600)));
    out.add(refused("aliases", aliases()));
    out.add(taken("long names", longNames(LONG_NAME)));
    out.add(refused("too long names", longNames(LONG_NAME + 1)));
    return out;
  }

  /** Bombs of core modules. */
  static List<Bomb> modules() {
    List<Bomb> out = new ArrayList<>();
    out.add(refused("many modules", manyModules(20_000, false)));
    out.add(refused("many modules that share types", manyModules(20_000, true)));
    out.add(refused("many tables", manyTables()));
    return out;
  }

  private static ByteWriter of(int... bytes) {
    return new ByteWriter().u8s(bytes);
  }

  private static ByteWriter pair(int of) {
    return of(RECORD, 2).name("a").s32(of).name("b").s32(of);
  }

  private static byte[] many(int count, int kind, ByteWriter item) {
    ComponentBytes out = new ComponentBytes();
    for (int i = 0; i < count; i++) {
      out.item(kind, item);
    }
    return out.toByteArray();
  }

  /** Each type made of the one before. */
  private static byte[] chain(int count, IntFunction<ByteWriter> next) {
    ComponentBytes out = new ComponentBytes().item(ComponentBytes.TYPE, U8);
    for (int i = 0; i < count; i++) {
      out.item(ComponentBytes.TYPE, next.apply(i));
    }
    return out.toByteArray();
  }

  private static byte[] nestedTypes(int form) {
    ByteWriter body = new ByteWriter();
    for (int i = 0; i < 50_000; i++) {
      body.u8s(form, 1, 1);
    }
    return new ComponentBytes().item(ComponentBytes.TYPE, body.u8s(form, 0)).toByteArray();
  }

  /** Types with {@code width} exports, each of the type before, that an import or export names. */
  private static byte[] typeTower(int form, int height, int width, boolean imported) {
    int kind = form == INSTANCE_TYPE ? INSTANCE : COMPONENT;
    ComponentBytes out = new ComponentBytes().item(ComponentBytes.TYPE, form, 0);
    for (int i = 0; i < height; i++) {
      ByteWriter body = of(form).u32(1 + width).u8s(2, TYPE, OUTER, 1).u32(i);
      for (int e = 0; e < width; e++) {
        body.u8(4).append(ComponentBytes.named(ComponentBytes.name(e, 1))).u8s(kind, 0);
      }
      out.item(ComponentBytes.TYPE, body);
    }
    if (imported) {
      ByteWriter body = ComponentBytes.named("tower").u8(kind).u32(height);
      return out.item(ComponentBytes.IMPORT, body).toByteArray();
    }
    return out.item(ComponentBytes.EXPORT, ComponentBytes.export("tower", TYPE, height))
        .toByteArray();
  }

  /** A result of a record that has an enum again and again, both exported. */
  private static byte[] recordOfEnums() {
    ByteWriter labels = of(ENUM).u32(10_000);
    for (int i = 0; i < 10_000; i++) {
      labels.name(ComponentBytes.name(i, 1));
    }
    ByteWriter record = of(RECORD).u32(4_000);
    for (int i = 0; i < 4_000; i++) {
      record.name(ComponentBytes.name(i, 1)).u8(1);
    }
    ComponentBytes out =
        new ComponentBytes()
            .item(ComponentBytes.TYPE, labels)
            .item(ComponentBytes.EXPORT, ComponentBytes.export("e", TYPE, 0))
            .item(ComponentBytes.TYPE, record)
            .item(ComponentBytes.EXPORT, ComponentBytes.export("r", TYPE, 2));
    return lifted(out, 4, 3);
  }

  /** Results of 32 million elements, which fit the memory. */
  private static byte[] fixedLists() {
    ComponentBytes out =
        new ComponentBytes()
            .item(ComponentBytes.TYPE, TUPLE, 1, U8)
            .item(ComponentBytes.TYPE, of(FIXED).s32(0).u32(2_000))
            .item(ComponentBytes.TYPE, of(FIXED).s32(1).u32(1_300))
            .item(ComponentBytes.TYPE, of(FIXED, U8).u32(1 << 25));
    return lifted(out, 4, 2, 3);
  }

  /** A core function that returns 0, lifted to give each of the types. */
  private static byte[] lifted(ComponentBytes out, int types, int... results) {
    out.whole(ComponentBytes.CORE_MODULE, zero());
    out.item(ComponentBytes.CORE_INSTANCE, 0, 0, 0);
    out.item(ComponentBytes.ALIAS, of(0, 0, 1, 0).name("zero"));
    out.item(ComponentBytes.ALIAS, of(0, 2, 1, 0).name("memory"));
    for (int i = 0; i < results.length; i++) {
      out.item(ComponentBytes.TYPE, of(FUNCTION, 0, 0).s32(results[i]));
      out.item(ComponentBytes.CANON, of(0, 0, 0, 1, 3, 0).u32(types + i));
      out.item(
          ComponentBytes.EXPORT, ComponentBytes.export(ComponentBytes.name(i, 1), FUNC, 2 * i));
    }
    return out.toByteArray();
  }

  /** {@code (module (memory 1024 1024) (func (export "zero") (result i32) i32.const 0))}. */
  private static byte[] zero() {
    ByteWriter out = of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00);
    out.section(1, of(1, 0x60, 0, 1, 0x7f));
    out.section(3, of(1, 0));
    out.section(5, of(1, 1).u32(1_024).u32(1_024));
    out.section(7, of(2).name("zero").u8s(0, 0).name("memory").u8s(2, 0));
    return out.section(10, of(1, 4, 0, 0x41, 0, 0x0b)).toByteArray();
  }

  /** Instances of two like enums each, compared again and again. */
  private static byte[] comparedEnums() {
    ByteWriter labels = of(ENUM).u32(5_000);
    for (int i = 0; i < 5_000; i++) {
      labels.name(ComponentBytes.name(i, 60));
    }
    ByteWriter type = of(INSTANCE_TYPE).u32(1 + 500).u8(1).append(labels);
    for (int i = 0; i < 500; i++) {
      type.u8(4).append(ComponentBytes.named(ComponentBytes.name(i, 1))).u8s(TYPE, 0, 0);
    }
    byte[] inner =
        new ComponentBytes()
            .item(ComponentBytes.TYPE, type)
            .item(ComponentBytes.IMPORT, ComponentBytes.named("i").u8s(INSTANCE, 0))
            .toByteArray();
    ComponentBytes out =
        new ComponentBytes()
            .item(ComponentBytes.TYPE, type)
            .item(ComponentBytes.IMPORT, ComponentBytes.named("i").u8s(INSTANCE, 0))
            .whole(ComponentBytes.NESTED, inner);
    for (int i = 0; i < 1_000; i++) {
      out.item(ComponentBytes.INSTANCE, of(0, 0, 1).name("i").u8s(INSTANCE, 0));
    }
    return out.toByteArray();
  }

  /** More small parts than definitions may be: a hundred types of ten thousand each. */
  private static byte[] declarations() {
    ByteWriter body = of(INSTANCE_TYPE).u32(10_000);
    for (int i = 0; i < 10_000; i++) {
      body.u8s(1, U8);
    }
    return many(100, ComponentBytes.TYPE, body);
  }

  /** Instances with {@code width} exports, each the instance before. */
  private static byte[] instanceTower(int height, int width, int name) {
    ComponentBytes out = new ComponentBytes();
    ByteWriter first = of(1).u32(1).append(ComponentBytes.named(ComponentBytes.name(0, 1)));
    out.whole(ComponentBytes.CORE_MODULE, zero());
    out.item(ComponentBytes.CORE_INSTANCE, 0, 0, 0);
    out.item(ComponentBytes.ALIAS, of(0, 0, 1, 0).name("zero"));
    out.item(ComponentBytes.TYPE, FUNCTION, 0, 0, 0x79);
    out.item(ComponentBytes.CANON, 0, 0, 0, 0, 0);
    out.item(ComponentBytes.INSTANCE, first.u8s(FUNC, 0));
    for (int i = 0; i < height; i++) {
      ByteWriter body = of(1).u32(width);
      for (int e = 0; e < width; e++) {
        body.append(ComponentBytes.named(ComponentBytes.name(e, name))).u8(INSTANCE).u32(i);
      }
      out.item(ComponentBytes.INSTANCE, body);
    }
    return out.item(ComponentBytes.EXPORT, ComponentBytes.export("tower", INSTANCE, height))
        .toByteArray();
  }

  /** Components that instantiate the one before twice. */
  private static byte[] componentTower(int height) {
    ComponentBytes out =
        new ComponentBytes().whole(ComponentBytes.NESTED, new ComponentBytes().toByteArray());
    for (int i = 0; i < height; i++) {
      byte[] next =
          new ComponentBytes()
              .item(ComponentBytes.ALIAS, of(COMPONENT, OUTER, 1).u32(i))
              .item(ComponentBytes.INSTANCE, 0, 0, 0)
              .item(ComponentBytes.INSTANCE, 0, 0, 0)
              .toByteArray();
      out.whole(ComponentBytes.NESTED, next);
    }
    return out.item(ComponentBytes.INSTANCE, of(0).u32(height).u8(0)).toByteArray();
  }

  private static byte[] instantiated(byte[] inner, int times) {
    ComponentBytes out = new ComponentBytes().whole(ComponentBytes.NESTED, inner);
    for (int i = 0; i < times; i++) {
      out.item(ComponentBytes.INSTANCE, 0, 0, 0);
    }
    return out.toByteArray();
  }

  private static byte[] inlineExports(int definitions, int exports, int times) {
    ByteWriter body = of(1).u32(exports);
    for (int i = 0; i < exports; i++) {
      body.append(ComponentBytes.named(ComponentBytes.name(i, 1))).u8s(TYPE, 0);
    }
    ComponentBytes inner = new ComponentBytes().item(ComponentBytes.TYPE, U8);
    for (int i = 0; i < definitions; i++) {
      inner.item(ComponentBytes.INSTANCE, body);
    }
    return instantiated(inner.toByteArray(), times);
  }

  private static byte[] moduleTypes() {
    ByteWriter body = of(0x50).u32(1 + 1_000).u8s(1, 0x60, 0, 0);
    for (int i = 0; i < 1_000; i++) {
      body.u8(3).name(ComponentBytes.name(i, 1)).u8s(0, 0);
    }
    byte[] inner = many(20, ComponentBytes.CORE_TYPE, body);
    return instantiated(inner, 255);
  }

  /** A component of many imports that is instantiated many times. */
  private static byte[] arguments(int imports, int times) {
    ComponentBytes inner = new ComponentBytes().item(ComponentBytes.TYPE, INSTANCE_TYPE, 0);
    ByteWriter given = of(0, 0).u32(imports);
    for (int i = 0; i < imports; i++) {
      String name = ComponentBytes.name(i, 1);
      inner.item(ComponentBytes.IMPORT, ComponentBytes.named(name).u8s(INSTANCE, 0));
      given.name(name).u8s(INSTANCE, 0);
    }
    ComponentBytes out = new ComponentBytes().whole(ComponentBytes.NESTED, inner.toByteArray());
    out.item(ComponentBytes.INSTANCE, 1, 0);
    for (int i = 0; i < times; i++) {
      out.item(ComponentBytes.INSTANCE, given);
    }
    return out.toByteArray();
  }

  /** Each export is exported again. */
  private static byte[] aliases() {
    ComponentBytes out = new ComponentBytes();
    ByteWriter tuple = of(TUPLE).u32(4_000);
    for (int i = 0; i < 4_000; i++) {
      tuple.u8(U8);
    }
    out.item(ComponentBytes.TYPE, tuple);
    for (int i = 0; i < 2_000; i++) {
      out.item(ComponentBytes.ALIAS, of(TYPE, OUTER, 0).u32(i));
      String name = ComponentBytes.name(i, 1);
      out.item(ComponentBytes.EXPORT, ComponentBytes.export(name, TYPE, 2 * i + 1));
    }
    return out.toByteArray();
  }

  private static byte[] longNames(int size) {
    ComponentBytes out = new ComponentBytes().item(ComponentBytes.TYPE, U8);
    for (int i = 0; i < 1_000; i++) {
      String name = ComponentBytes.name(i, size);
      out.item(ComponentBytes.EXPORT, ComponentBytes.export(name, TYPE, 0));
    }
    return out.toByteArray();
  }

  private static byte[] manyModules(int count, boolean shared) {
    ByteWriter empty = of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00);
    ComponentBytes out = new ComponentBytes();
    for (int i = 0; i < count; i++) {
      out.whole(ComponentBytes.CORE_MODULE, empty.toByteArray());
    }
    if (shared) {
      ByteWriter types = new ByteWriter().u32(5_000);
      for (int i = 0; i < 5_000; i++) {
        types.u8(0x60).u32(13);
        for (int bit = 0; bit < 13; bit++) {
          types.u8((i >> bit & 1) == 0 ? 0x7f : 0x7e);
        }
        types.u8(0);
      }
      empty.section(1, types);
      empty.section(2, of(1).name("").name("").u8s(1, 0x70, 0, 0));
      out.whole(ComponentBytes.CORE_MODULE, empty.toByteArray());
    }
    return out.toByteArray();
  }

  private static byte[] manyTables() {
    ByteWriter tables = of(16);
    for (int i = 0; i < 16; i++) {
      tables.u8s(0x70, 1).u32(65_536).u32(65_536);
    }
    ByteWriter module = of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00).section(4, tables);
    ComponentBytes out =
        new ComponentBytes().whole(ComponentBytes.CORE_MODULE, module.toByteArray());
    for (int i = 0; i < 64; i++) {
      out.item(ComponentBytes.CORE_INSTANCE, 0, 0, 0);
    }
    return out.toByteArray();
  }
}
