// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.component;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.binary.ByteReader;
import org.myrhiza.wasm.binary.WasmException;

/** Reads the definitions of a component's sections, except types. */
final class DefinitionDecoder {
  private final ByteReader in;

  DefinitionDecoder(ByteReader in) {
    this.in = in;
  }

  Definition coreInstance() throws WasmException {
    int start = in.offset();
    int kind = in.u8("core instance");
    return switch (kind) {
      case 0 ->
          new Definition.CoreInstantiate(start, in.index("core module index"), coreArguments());
      case 1 -> new Definition.CoreExports(start, coreExports());
      default ->
          throw WasmException.malformed(start, "core instance", Shown.hex(kind), "0x0 or 0x1");
    };
  }

  private List<Definition.Item> coreArguments() throws WasmException {
    int count = in.count("core arguments", Limits.VECTOR_ITEMS);
    List<Definition.Item> out = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = in.name("core argument name", Limits.NAME_BYTES);
      int at = in.offset();
      Sort sort = coreSort();
      if (sort != Sort.CORE_INSTANCE) {
        throw WasmException.malformed(at, "core argument", sort.toString(), "a core instance");
      }
      out.add(new Definition.Item(name, sort, in.index("core instance index")));
    }
    return List.copyOf(out);
  }

  private List<Definition.Item> coreExports() throws WasmException {
    int count = in.count("core exports", Limits.VECTOR_ITEMS);
    List<Definition.Item> out = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = in.name("core export name", Limits.NAME_BYTES);
      Sort sort = coreSort();
      out.add(new Definition.Item(name, sort, in.index("core export index")));
    }
    return List.copyOf(out);
  }

  private Sort coreSort() throws WasmException {
    int start = in.offset();
    int b = in.u8("core sort");
    return switch (b) {
      case 0x00 -> Sort.CORE_FUNC;
      case 0x01 -> Sort.CORE_TABLE;
      case 0x02 -> Sort.CORE_MEMORY;
      case 0x03 -> Sort.CORE_GLOBAL;
      case 0x04 -> throw WasmException.unsupported("exception tags", start);
      case 0x10 -> throw WasmException.unsupported("core types", start);
      case 0x11 -> Sort.CORE_MODULE;
      case 0x12 -> Sort.CORE_INSTANCE;
      default -> throw WasmException.malformed(start, "core sort", Shown.hex(b), "a core sort");
    };
  }

  private Sort sort() throws WasmException {
    int start = in.offset();
    int b = in.u8("sort");
    return switch (b) {
      case 0 -> coreSort();
      case 1 -> Sort.FUNC;
      case 2 -> throw WasmException.unsupported("values", start);
      case 3 -> Sort.TYPE;
      case 4 -> Sort.COMPONENT;
      case 5 -> Sort.INSTANCE;
      default -> throw WasmException.malformed(start, "sort", Shown.hex(b), "0x0 to 0x5");
    };
  }

  Definition instance() throws WasmException {
    int start = in.offset();
    int kind = in.u8("instance");
    return switch (kind) {
      case 0 -> new Definition.Instantiate(start, in.index("component index"), items(false));
      case 1 -> new Definition.Exports(start, items(true));
      default -> throw WasmException.malformed(start, "instance", Shown.hex(kind), "0x0 or 0x1");
    };
  }

  private List<Definition.Item> items(boolean prefixed) throws WasmException {
    int count = in.count("instance items", Limits.VECTOR_ITEMS);
    List<Definition.Item> out = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = prefixed ? externName() : in.name("argument name", Limits.NAME_BYTES);
      Sort sort = sort();
      out.add(new Definition.Item(name, sort, in.index("index")));
    }
    return List.copyOf(out);
  }

  /** A name of an import or export: a form byte, then the name. */
  private String externName() throws WasmException {
    int start = in.offset();
    int form = in.u8("name form");
    if (form == 2) {
      throw WasmException.unsupported("names with attributes", start);
    }
    if (form > 2) {
      throw WasmException.malformed(start, "name form", Shown.hex(form), "0x0 or 0x1");
    }
    return in.name("name", Limits.NAME_BYTES);
  }

  Definition alias() throws WasmException {
    int start = in.offset();
    Sort sort = sort();
    int kind = in.u8("alias target");
    return switch (kind) {
      case 0 -> {
        int instance = in.index("instance index");
        yield new Definition.AliasExport(
            start, sort, instance, in.name("export name", Limits.NAME_BYTES));
      }
      case 1 -> {
        int instance = in.index("core instance index");
        yield new Definition.AliasCoreExport(
            start, sort, instance, in.name("core export name", Limits.NAME_BYTES));
      }
      case 2 -> {
        int count = in.index("outer count");
        yield new Definition.AliasOuter(start, sort, count, in.index("outer index"));
      }
      default ->
          throw WasmException.malformed(start, "alias target", Shown.hex(kind), "0x0 to 0x2");
    };
  }

  Definition canonical() throws WasmException {
    int start = in.offset();
    int kind = in.u8("canonical definition");
    return switch (kind) {
      case 0 -> {
        zero("canonical lift");
        int function = in.index("core function index");
        CanonicalOptions options = options(true);
        yield new Definition.Lift(start, function, options, in.index("type index"));
      }
      case 1 -> {
        zero("canonical lower");
        int function = in.index("function index");
        yield new Definition.Lower(start, function, options(false));
      }
      case 2, 3, 4 -> throw WasmException.unsupported("resources", start);
      default -> throw WasmException.unsupported("canonical built-in " + Shown.hex(kind), start);
    };
  }

  private void zero(String what) throws WasmException {
    int start = in.offset();
    int b = in.u8(what);
    if (b != 0) {
      throw WasmException.malformed(start, what, Shown.hex(b), "0x0");
    }
  }

  private CanonicalOptions options(boolean lift) throws WasmException {
    int count = in.count("canonical options", Limits.VECTOR_ITEMS);
    int memory = CanonicalOptions.NONE;
    int realloc = CanonicalOptions.NONE;
    int postReturn = CanonicalOptions.NONE;
    boolean encoding = false;
    for (int i = 0; i < count; i++) {
      int start = in.offset();
      int option = in.u8("canonical option");
      switch (option) {
        case 0 -> {
          once(encoding ? 0 : CanonicalOptions.NONE, start);
          encoding = true;
        }
        case 1, 2 -> throw WasmException.unsupported("string encodings other than UTF-8", start);
        case 3 -> memory = once(memory, start, in.index("memory index"));
        case 4 -> realloc = once(realloc, start, in.index("realloc index"));
        case 5 -> {
          if (!lift) {
            throw WasmException.malformed(
                start, "canonical option", "post-return", "only in a lift");
          }
          postReturn = once(postReturn, start, in.index("post-return index"));
        }
        case 6, 7 -> throw WasmException.unsupported("async", start);
        case 8, 9 -> throw WasmException.unsupported("garbage-collected values", start);
        default ->
            throw WasmException.malformed(start, "canonical option", Shown.hex(option), "0x0..0x9");
      }
    }
    return new CanonicalOptions(memory, realloc, postReturn);
  }

  private static void once(int before, int offset) throws WasmException {
    if (before != CanonicalOptions.NONE) {
      throw WasmException.malformed(offset, "canonical option", "given twice", "once");
    }
  }

  private static int once(int before, int offset, int index) throws WasmException {
    once(before, offset);
    return index;
  }

  Definition importDefinition() throws WasmException {
    int start = in.offset();
    String name = externName();
    return new Definition.Import(start, name, extern());
  }

  Definition exportDefinition() throws WasmException {
    int start = in.offset();
    String name = externName();
    Sort sort = sort();
    int index = in.index("export index");
    int at = in.offset();
    int given = in.u8("export type");
    Definition.@Nullable Extern type =
        switch (given) {
          case 0 -> null;
          case 1 -> extern();
          default ->
              throw WasmException.malformed(at, "export type", Shown.hex(given), "0x0 or 0x1");
        };
    return new Definition.Export(start, name, sort, index, type);
  }

  Definition exportDeclaration() throws WasmException {
    int start = in.offset();
    String name = externName();
    return new Definition.ExportDeclaration(start, name, extern());
  }

  private Definition.Extern extern() throws WasmException {
    int start = in.offset();
    int kind = in.u8("extern type");
    return switch (kind) {
      case 0 -> throw WasmException.unsupported("imported or exported core modules", start);
      case 1 -> new Definition.Extern.Func(in.index("type index"));
      case 2 -> throw WasmException.unsupported("values", start);
      case 3 -> {
        int bound = in.u8("type bound");
        yield switch (bound) {
          case 0 -> new Definition.Extern.TypeEqual(in.index("type index"));
          case 1 -> throw WasmException.unsupported("resources", start);
          default ->
              throw WasmException.malformed(start, "type bound", Shown.hex(bound), "0x0 or 0x1");
        };
      }
      case 4 -> new Definition.Extern.OfComponent(in.index("type index"));
      case 5 -> new Definition.Extern.OfInstance(in.index("type index"));
      default -> throw WasmException.malformed(start, "extern type", Shown.hex(kind), "0x0 to 0x5");
    };
  }
}
