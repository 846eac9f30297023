// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.wasm;

import java.util.ArrayList;
import java.util.List;
import org.myrhiza.wasm.binary.ByteWriter;

/**
 * Builds a core module from small texts. Nothing is checked, so that wrong modules can be built
 * too.
 *
 * <p>Types are letters: i, l, f, d for i32, i64, f32, f64, r for funcref, x for externref. A
 * signature is letters, a colon, letters: {@code ii:l}. Imports come before what they shift.
 */
public final class ModuleAssembler {
  private final List<String> types = new ArrayList<>();
  private final List<ByteWriter> imports = new ArrayList<>();
  private final List<Integer> functions = new ArrayList<>();
  private final List<ByteWriter> tables = new ArrayList<>();
  private final List<ByteWriter> memories = new ArrayList<>();
  private final List<ByteWriter> globals = new ArrayList<>();
  private final List<ByteWriter> exports = new ArrayList<>();
  private final List<ByteWriter> elements = new ArrayList<>();
  private final List<ByteWriter> bodies = new ArrayList<>();
  private final List<ByteWriter> data = new ArrayList<>();
  private int importedFunctions;
  private int importedGlobals;
  private int start = -1;
  private boolean dataCount;

  /** An empty module. */
  public ModuleAssembler() {}

  static int typeCode(char letter) {
    return switch (letter) {
      case 'i' -> 0x7F;
      case 'l' -> 0x7E;
      case 'f' -> 0x7D;
      case 'd' -> 0x7C;
      case 'v' -> 0x7B;
      case 'r' -> 0x70;
      case 'x' -> 0x6F;
      default -> throw new IllegalArgumentException("type " + letter);
    };
  }

  /** The index of a type, added if it is new. */
  public int type(String signature) {
    int index = types.indexOf(signature);
    if (index < 0) {
      types.add(signature);
      index = types.size() - 1;
    }
    return index;
  }

  /** Imports a function and returns its index. */
  public int importFunction(String module, String name, String signature) {
    imports.add(new ByteWriter().name(module).name(name).u8(0).u32(type(signature)));
    return importedFunctions++;
  }

  /** Imports a global and returns its index. */
  public int importGlobal(String module, String name, char type, boolean mutable) {
    imports.add(new ByteWriter().name(module).name(name).u8s(3, typeCode(type), mutable ? 1 : 0));
    return importedGlobals++;
  }

  /** Imports anything, its kind and type given as bytes. */
  public ModuleAssembler importRaw(String module, String name, int... description) {
    imports.add(new ByteWriter().name(module).name(name).u8s(description));
    return this;
  }

  /** Adds a memory; a maximum below zero is left out. */
  public ModuleAssembler memory(int min, int max) {
    memories.add(extent(new ByteWriter(), min, max));
    return this;
  }

  /** Adds a memory, its limits given as bytes. */
  public ModuleAssembler memoryRaw(int... limits) {
    memories.add(new ByteWriter().u8s(limits));
    return this;
  }

  /** Adds a table of functions; a maximum below zero is left out. */
  public ModuleAssembler table(int min, int max) {
    tables.add(extent(new ByteWriter().u8(0x70), min, max));
    return this;
  }

  private static ByteWriter extent(ByteWriter out, int min, int max) {
    out.u8(max < 0 ? 0 : 1).u32(min);
    return max < 0 ? out : out.u32(max);
  }

  /** Adds a global with an initial value in code, and returns its index. */
  public int global(char type, boolean mutable, String initial) {
    ByteWriter out = new ByteWriter().u8s(typeCode(type), mutable ? 1 : 0);
    globals.add(out.append(CodeAssembler.assemble(initial + " end")));
    return importedGlobals + globals.size() - 1;
  }

  /**
   * Adds a function and returns its index.
   *
   * @param signature its type
   * @param locals letters, one for each declared local
   * @param code its code without the final end
   */
  public int function(String signature, String locals, String code) {
    ByteWriter body = new ByteWriter().u32(locals.length());
    for (int i = 0; i < locals.length(); i++) {
      body.u32(1).u8(typeCode(locals.charAt(i)));
    }
    return functionRaw(signature, body.append(CodeAssembler.assemble(code + " end")));
  }

  /** Adds a function whose body, locals included, is given as bytes. */
  public int functionRaw(String signature, ByteWriter body) {
    functions.add(type(signature));
    bodies.add(body);
    return importedFunctions + functions.size() - 1;
  }

  /** Exports a function. */
  public ModuleAssembler exportFunction(String name, int index) {
    return export(name, 0, index);
  }

  /** Exports something; kinds are 0 function, 1 table, 2 memory, 3 global. */
  public ModuleAssembler export(String name, int kind, int index) {
    exports.add(new ByteWriter().name(name).u8(kind).u32(index));
    return this;
  }

  /** Fills the first table at instantiation. */
  public ModuleAssembler element(int at, int... members) {
    ByteWriter out =
        new ByteWriter().u8(0).append(CodeAssembler.assemble("i32.const=" + at + " end"));
    out.u32(members.length);
    for (int member : members) {
      out.u32(member);
    }
    elements.add(out);
    return this;
  }

  /** Adds an element segment as bytes. */
  public ModuleAssembler elementRaw(ByteWriter segment) {
    elements.add(segment);
    return this;
  }

  /** Fills the memory at instantiation. */
  public ModuleAssembler data(int at, byte[] bytes) {
    ByteWriter out =
        new ByteWriter().u8(0).append(CodeAssembler.assemble("i32.const=" + at + " end"));
    data.add(out.u32(bytes.length).bytes(bytes));
    return this;
  }

  /** Adds a passive data segment, and the section that counts them. */
  public ModuleAssembler passiveData(byte[] bytes) {
    data.add(new ByteWriter().u8(1).u32(bytes.length).bytes(bytes));
    dataCount = true;
    return this;
  }

  /** Names the start function. */
  public ModuleAssembler start(int function) {
    start = function;
    return this;
  }

  /** The module's bytes. */
  public byte[] bytes() {
    ByteWriter out = new ByteWriter().u8s(0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00);
    section(out, 1, types.stream().map(ModuleAssembler::typeBytes).toList());
    section(out, 2, imports);
    section(out, 3, functions.stream().map(type -> new ByteWriter().u32(type)).toList());
    section(out, 4, tables);
    section(out, 5, memories);
    section(out, 6, globals);
    section(out, 7, exports);
    if (start >= 0) {
      out.section(8, new ByteWriter().u32(start));
    }
    section(out, 9, elements);
    if (dataCount) {
      out.section(12, new ByteWriter().u32(data.size()));
    }
    section(out, 10, bodies.stream().map(body -> new ByteWriter().sized(body)).toList());
    section(out, 11, data);
    return out.toByteArray();
  }

  private static ByteWriter typeBytes(String signature) {
    int colon = signature.indexOf(':');
    ByteWriter out = new ByteWriter().u8(0x60);
    letters(out, signature.substring(0, colon));
    letters(out, signature.substring(colon + 1));
    return out;
  }

  private static void letters(ByteWriter out, String letters) {
    out.u32(letters.length());
    for (int i = 0; i < letters.length(); i++) {
      out.u8(typeCode(letters.charAt(i)));
    }
  }

  private static void section(ByteWriter out, int id, List<ByteWriter> items) {
    if (items.isEmpty()) {
      return;
    }
    ByteWriter contents = new ByteWriter().u32(items.size());
    items.forEach(contents::append);
    out.section(id, contents);
  }
}
