// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.component;

import java.util.ArrayList;
import java.util.List;
import org.myrhiza.wasm.binary.ByteReader;
import org.myrhiza.wasm.binary.WasmException;
import org.myrhiza.wasm.core.CoreFeature;
import org.myrhiza.wasm.core.CoreTypeReader;

/** Reads core types: of functions and of modules. */
final class CoreTypeDecoder {
  private static final int MODULE = 0x50;
  private static final int PREFIX = 0x00;
  private static final int OUTER = 0x01;

  private static final int TAG = 4;

  private final ByteReader in;
  private final PartCount parts;

  CoreTypeDecoder(ByteReader in, PartCount parts) {
    this.in = in;
    this.parts = parts;
  }

  Definition.OfCoreType definition() throws WasmException {
    int start = in.offset();
    return new Definition.OfCoreType(start, expression(true));
  }

  private CoreTypeExpression expression(boolean modules) throws WasmException {
    int start = in.offset();
    int form = in.peek("core type");
    if (form == MODULE && modules) {
      in.u8("core type");
      return new CoreTypeExpression.OfModule(declarations());
    }
    if (form == PREFIX) {
      // A core subtype of the garbage collector, told from a module type by this byte.
      throw CoreFeature.GC.at(start);
    }
    return new CoreTypeExpression.OfFunction(CoreTypeReader.function(in));
  }

  private List<CoreTypeExpression.Declaration> declarations() throws WasmException {
    int count = parts.read(in, "module declarations");
    List<CoreTypeExpression.Declaration> out = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      out.add(declaration());
    }
    return List.copyOf(out);
  }

  private CoreTypeExpression.Declaration declaration() throws WasmException {
    int start = in.offset();
    int kind = in.u8("module declaration");
    return switch (kind) {
      case 0 -> {
        String module = in.name("module name", Limits.NAME_BYTES);
        String name = in.name("import name", Limits.NAME_BYTES);
        yield new CoreTypeExpression.Import(
            start, new ModuleType.Wanted(module, name), described());
      }
      case 1 -> new CoreTypeExpression.OwnType(start, expression(false));
      case 2 -> outer(start);
      case 3 ->
          new CoreTypeExpression.Export(
              start, in.name("export name", Limits.NAME_BYTES), described());
      default ->
          throw WasmException.malformed(start, "module declaration", Shown.hex(kind), "0x0 to 0x3");
    };
  }

  private CoreTypeExpression.Declaration outer(int start) throws WasmException {
    int sort = in.u8("core sort");
    int target = in.u8("alias target");
    if (sort != 0x10 || target != OUTER) {
      throw WasmException.malformed(
          start, "alias in a module type", Shown.hex(sort) + " " + Shown.hex(target), "0x10 0x1");
    }
    int count = in.index("outer count");
    return new CoreTypeExpression.OuterType(start, count, in.index("outer index"));
  }

  private CoreTypeExpression.Described described() throws WasmException {
    if (in.peek("core extern type") == 0) {
      in.u8("core extern type");
      return new CoreTypeExpression.Described.Func(in.index("type index"));
    }
    if (in.peek("core extern type") == TAG) {
      in.u8("core extern type");
      int at = in.offset();
      int attribute = in.u8("attribute of a tag");
      if (attribute != 0) {
        throw WasmException.malformed(at, "attribute of a tag", Shown.hex(attribute), "0x0");
      }
      return new CoreTypeExpression.Described.Tag(in.index("type index"));
    }
    return new CoreTypeExpression.Described.Other(CoreTypeReader.extern(in));
  }
}
