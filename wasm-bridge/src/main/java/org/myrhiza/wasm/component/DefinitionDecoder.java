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
  private final PartCount parts;

  DefinitionDecoder(ByteReader in, PartCount parts) {
    this.in = in;
    this.parts = parts;
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
    int count = parts.read(in, "core arguments");
    List<Definition.Item> out = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Definition.Name name = plain("core argument name");
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
    int count = parts.read(in, "core exports");
    List<Definition.Item> out = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Definition.Name name = plain("core export name");
      Sort sort = coreSort();
      out.add(new Definition.Item(name, sort, in.index("core export index")));
    }
    return List.copyOf(out);
  }

  private Definition.Name plain(String what) throws WasmException {
    return new Definition.Name(in.name(what, Limits.NAME_BYTES), null);
  }

  private Sort coreSort() throws WasmException {
    int start = in.offset();
    int b = in.u8("core sort");
    return switch (b) {
      case 0x00 -> Sort.CORE_FUNC;
      case 0x01 -> Sort.CORE_TABLE;
      case 0x02 -> Sort.CORE_MEMORY;
      case 0x03 -> Sort.CORE_GLOBAL;
      case 0x04 -> Sort.CORE_TAG;
      case 0x10 -> Sort.CORE_TYPE;
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
      case 2 -> throw WasmException.unsupported(Feature.VALUES, start);
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
    int count = parts.read(in, "instance items");
    List<Definition.Item> out = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Definition.Name name = prefixed ? NameReader.read(in) : plain("argument name");
      Sort sort = sort();
      out.add(new Definition.Item(name, sort, in.index("index")));
    }
    return List.copyOf(out);
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
        CanonicalOptions options = new OptionReader(in, true).read();
        yield new Definition.Lift(start, function, options, in.index("type index"));
      }
      case 1 -> {
        zero("canonical lower");
        int function = in.index("function index");
        yield new Definition.Lower(start, function, new OptionReader(in, false).read());
      }
      case 2 -> new Definition.ResourceNew(start, in.index("type index"));
      case 3 -> new Definition.ResourceDrop(start, in.index("type index"));
      case 4 -> new Definition.ResourceRep(start, in.index("type index"));
      default -> throw builtIn(kind, start);
    };
  }

  /** The built-ins of what the synchronous model leaves out (Binary.md, Canonical Definitions). */
  private static WasmException builtIn(int kind, int offset) {
    return switch (kind) {
      case 0x05,
          0x06,
          0x08,
          0x09,
          0x0a,
          0x0b,
          0x0c,
          0x0d,
          0x1f,
          0x20,
          0x21,
          0x22,
          0x23,
          0x24,
          0x25 ->
          WasmException.unsupported(Feature.ASYNC, offset);
      case 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14 ->
          WasmException.unsupported(Feature.STREAMS, offset);
      case 0x15, 0x16, 0x17, 0x18, 0x19, 0x1a, 0x1b ->
          WasmException.unsupported(Feature.FUTURES, offset);
      case 0x1c, 0x1d, 0x1e -> WasmException.unsupported(Feature.ERROR_CONTEXTS, offset);
      case 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x40, 0x41, 0x42 ->
          WasmException.unsupported(Feature.THREADS, offset);
      default ->
          WasmException.malformed(offset, "canonical definition", Shown.hex(kind), "0x0 to 0x4");
    };
  }

  private void zero(String what) throws WasmException {
    int start = in.offset();
    int b = in.u8(what);
    if (b != 0) {
      throw WasmException.malformed(start, what, Shown.hex(b), "0x0");
    }
  }

  Definition importDefinition() throws WasmException {
    int start = in.offset();
    Definition.Name name = NameReader.read(in);
    return new Definition.Import(start, name, extern());
  }

  Definition exportDefinition() throws WasmException {
    int start = in.offset();
    Definition.Name name = NameReader.read(in);
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
    Definition.Name name = NameReader.read(in);
    return new Definition.ExportDeclaration(start, name, extern());
  }

  private Definition.Extern extern() throws WasmException {
    int start = in.offset();
    int kind = in.u8("extern type");
    return switch (kind) {
      case 0 -> {
        int sort = in.u8("extern type");
        if (sort != 0x11) {
          throw WasmException.malformed(start, "core extern type", Shown.hex(sort), "0x11");
        }
        yield new Definition.Extern.OfModule(in.index("core type index"));
      }
      case 1 -> new Definition.Extern.Func(in.index("type index"));
      case 2 -> throw WasmException.unsupported(Feature.VALUES, start);
      case 3 -> {
        int bound = in.u8("type bound");
        yield switch (bound) {
          case 0 -> new Definition.Extern.TypeEqual(in.index("type index"));
          case 1 -> new Definition.Extern.FreshResource();
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
