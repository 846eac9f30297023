// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.component;

import java.util.LinkedHashMap;
import java.util.Map;
import org.myrhiza.testkit.wasm.ComponentBytes;
import org.myrhiza.testkit.wasm.ModuleAssembler;
import org.myrhiza.wasm.binary.ByteWriter;
import org.myrhiza.wasm.binary.WasmError;
import org.myrhiza.wasm.binary.WasmResult;
import org.myrhiza.wasm.component.Limits;
import org.myrhiza.wasm.core.FeatureSet;
import org.myrhiza.wasm.link.Blueprint;
import org.myrhiza.wasm.link.Linker;

/**
 * The components of {@code docs/spec/vectors/component.json} and what becomes of them. The file
 * pins kinds of errors, features and offsets; words of errors are no part of the specification.
 */
public final class ComponentVectors {
  private static final int FUNC = 1;
  private static final int CORE_FUNC = 0;
  private static final int U32 = 0x79;
  private static final int F32 = 0x76;
  private static final int STRING = 0x73;

  private ComponentVectors() {}

  /** All components by name, in the order of the file. */
  public static Map<String, byte[]> all() {
    Map<String, byte[]> out = new LinkedHashMap<>();
    out.put("empty", new ComponentBytes().toByteArray());
    out.put("core module", new ModuleAssembler().bytes());
    out.put("cut preamble", new byte[] {0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00});
    calls(out);
    unsupported(out);
    invalid(out);
    limits(out);
    return out;
  }

  /**
   * What becomes of a component: what it exports, or how it is refused and where.
   *
   * @param component its bytes
   * @param set the feature set
   */
  public static String verdict(byte[] component, FeatureSet set) {
    return switch (Linker.link(component, set)) {
      case WasmResult.Ok<Blueprint>(Blueprint blueprint) ->
          "accepted: " + String.join(" ", blueprint.exports());
      case WasmResult.Failed<Blueprint>(WasmError error) ->
          switch (error) {
            case WasmError.Malformed m -> "malformed at " + m.offset();
            case WasmError.Invalid i -> "invalid at " + i.offset();
            case WasmError.Unlinkable u -> "unlinkable " + u.name();
            case WasmError.Unsupported u -> "unsupported " + u.feature() + " at " + u.offset();
            case WasmError.Refused r -> "refused at " + r.offset();
          };
    };
  }

  /** A component that lifts the only function of a module. */
  private static ComponentBytes lifted(ModuleAssembler module, int type, int... options) {
    ComponentBytes out = new ComponentBytes().whole(ComponentBytes.CORE_MODULE, module.bytes());
    out.item(ComponentBytes.CORE_INSTANCE, 0, 0, 0);
    out.item(ComponentBytes.ALIAS, alias("run"));
    out.item(ComponentBytes.ALIAS, new ByteWriter().u8s(0, 2, 1, 0).name("memory"));
    out.item(ComponentBytes.TYPE, 0x40, 1, 1, 'x', type, 1, 0);
    out.item(ComponentBytes.CANON, new ByteWriter().u8s(0, 0, 0).u8s(options).u8(0));
    return out.item(ComponentBytes.EXPORT, ComponentBytes.export("run", FUNC, 0));
  }

  private static ByteWriter alias(String name) {
    return new ByteWriter().u8s(0, CORE_FUNC, 1, 0).name(name);
  }

  private static ModuleAssembler module(String signature) {
    ModuleAssembler m = new ModuleAssembler().memory(1, 1);
    return m.exportFunction("run", m.function(signature, "", "")).export("memory", 2, 0);
  }

  private static void calls(Map<String, byte[]> out) {
    out.put("function", lifted(module("i:"), U32, 0).toByteArray());
    out.put("float parameter", lifted(module("f:"), F32, 0).toByteArray());
    out.put("float in dead code", floats());
    out.put("utf16", lifted(module("i:"), U32, 1, 1).toByteArray());
    out.put("asynchronous lift", lifted(module("i:"), U32, 1, 6).toByteArray());
    out.put("string without realloc", lifted(module("ii:"), STRING, 1, 3, 0).toByteArray());
    out.put("two encodings", lifted(module("i:"), U32, 2, 0, 1).toByteArray());
    out.put("wrong core signature", lifted(module("l:"), U32, 0).toByteArray());
    out.put("reserved option", lifted(module("i:"), U32, 1, 10).toByteArray());
  }

  /** A core module that nothing instantiates. */
  private static byte[] floats() {
    ModuleAssembler m = new ModuleAssembler();
    m.function(":", "", "return f32.const=0 drop");
    return new ComponentBytes().whole(ComponentBytes.CORE_MODULE, m.bytes()).toByteArray();
  }

  private static byte[] type(int... bytes) {
    return new ComponentBytes().item(ComponentBytes.TYPE, bytes).toByteArray();
  }

  private static byte[] canon(int... bytes) {
    return new ComponentBytes().item(ComponentBytes.CANON, bytes).toByteArray();
  }

  private static byte[] section(int id, int... bytes) {
    return new ComponentBytes().item(id, bytes).toByteArray();
  }

  private static void unsupported(Map<String, byte[]> out) {
    out.put("stream", type(0x66, 0));
    out.put("future", type(0x65, 0));
    out.put("error context", type(0x70, 0x64));
    out.put("asynchronous function", type(0x43, 0, 1, 0));
    out.put("task.return", canon(0x09, 1, 0, 0));
    out.put("stream.new", canon(0x0e, 0));
    out.put("future.new", canon(0x15, 0));
    out.put("error-context.new", canon(0x1c, 0));
    out.put("thread.spawn", canon(0x40, 0));
    out.put("start", section(9, 0, 0, 0));
    out.put("value section", section(12, 0));
    out.put("import of a value", section(ComponentBytes.IMPORT, 0, 1, 'v', 2, 0));
    out.put("alias of a tag", section(ComponentBytes.ALIAS, 0, 4, 1, 0, 1, 't'));
    out.put(
        "second memory",
        new ComponentBytes()
            .whole(
                ComponentBytes.CORE_MODULE, new ModuleAssembler().memory(1, 1).memory(1, 1).bytes())
            .toByteArray());
    out.put("resource", type(0x3f, 0x7f, 0));
    out.put("unknown section", section(13, 0));
    out.put("unknown type", type(0x62));
  }

  private static void invalid(Map<String, byte[]> out) {
    out.put("record without fields", type(0x72, 0));
    out.put("label twice", type(0x6d, 2, 1, 'a', 1, 'A'));
    out.put("type that is not there", type(0x70, 5));
    out.put("instance of nothing", section(ComponentBytes.INSTANCE, 0, 0, 0));
    out.put("wrong name", imported("Ab", 0x40, 0, 1, 0));
    out.put("version", imported("a:b/c@1.02.0", 0x42, 0));
    out.put("imported interface", imported("a:b/c@1.2.0", 0x42, 0));
    out.put("imported component", imported("c", 0x41, 0));
    out.put(
        "version suffix",
        new ComponentBytes()
            .item(ComponentBytes.TYPE, 0x42, 0)
            .item(ComponentBytes.IMPORT, 2, 1, 'a', 1, 1, 1, '1', 5, 0)
            .toByteArray());
  }

  private static byte[] imported(String name, int... type) {
    int sort =
        switch (type[0]) {
          case 0x42 -> 5;
          case 0x41 -> 4;
          default -> FUNC;
        };
    return new ComponentBytes()
        .item(ComponentBytes.TYPE, type)
        .item(ComponentBytes.IMPORT, ComponentBytes.named(name).u8s(sort, 0))
        .toByteArray();
  }

  private static byte[] nested(int levels) {
    byte[] out = new ComponentBytes().toByteArray();
    for (int i = 1; i < levels; i++) {
      out = new ComponentBytes().whole(ComponentBytes.NESTED, out).toByteArray();
    }
    return out;
  }

  private static byte[] lists(int levels) {
    ComponentBytes out = new ComponentBytes().item(ComponentBytes.TYPE, 0x70, U32);
    for (int i = 2; i < levels; i++) {
      out.item(ComponentBytes.TYPE, 0x70, i - 2);
    }
    return out.toByteArray();
  }

  private static byte[] modules(int count) {
    ComponentBytes out = new ComponentBytes();
    for (int i = 0; i < count; i++) {
      out.whole(ComponentBytes.CORE_MODULE, new ModuleAssembler().bytes());
    }
    return out.toByteArray();
  }

  private static byte[] longName(int bytes) {
    return imported("a".repeat(bytes), 0x40, 0, 1, 0);
  }

  private static void limits(Map<String, byte[]> out) {
    out.put("components inside each other", nested(Limits.COMPONENT_DEPTH));
    out.put("one component too many inside", nested(Limits.COMPONENT_DEPTH + 1));
    out.put("types inside each other", lists(Limits.VALUE_TYPE_DEPTH));
    out.put("one type too many inside", lists(Limits.VALUE_TYPE_DEPTH + 1));
    int most = org.myrhiza.wasm.link.Limits.CORE_MODULES;
    out.put("core modules", modules(most));
    out.put("one core module too many", modules(most + 1));
    out.put("name", longName(Limits.NAME_BYTES));
    out.put("name too long", longName(Limits.NAME_BYTES + 1));
    out.put("vector too long", section(ComponentBytes.TYPE, 0x6d, 0x91, 0x4e));
  }
}
