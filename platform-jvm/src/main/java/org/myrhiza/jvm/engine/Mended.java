// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.engine;

import java.util.ArrayList;
import java.util.List;
import org.myrhiza.wasm.binary.ByteReader;
import org.myrhiza.wasm.binary.ByteWriter;
import org.myrhiza.wasm.binary.WasmException;
import org.myrhiza.wasm.binary.WasmResult;
import org.myrhiza.wasm.core.CoreModule;
import org.myrhiza.wasm.core.CoreModules;
import org.myrhiza.wasm.core.FeatureSet;
import org.myrhiza.wasm.core.FunctionBody;
import org.myrhiza.wasm.core.FunctionType;
import org.myrhiza.wasm.core.ValueType;

/**
 * Rewrites a module so that Chicory, as of 1.7.5, runs it as other engines do. Each of its halves
 * goes wrong somewhere:
 *
 * <ul>
 *   <li>Both with blocks that have parameters. The compiler drops too few operands when a branch
 *       leaves one, and sometimes makes code that the JVM refuses. The interpreter keeps operands
 *       too much, or invents zeros when the whole stack has fewer.
 *   <li>The interpreter with {@code i32.store8}, {@code i64.store8} and {@code i64.store32}. It
 *       adds address and offset modulo 2^32: where the store should trap it goes to the beginning
 *       of the memory.
 *   <li>The interpreter with {@code i32.mul} before {@code if}. The product keeps the 64 bits that
 *       it has, and {@code if} looks at all of them: 2^31 times 2 counts as true.
 * </ul>
 *
 * <p>A state computed so would differ between peers. So parameters of blocks go through locals, and
 * for the interpreter stores look at their address by a load first, which is right, and products go
 * through an instruction that cuts them to 32 bits.
 */
final class Mended {
  private static final int HEADER = 8;
  private static final int TYPE_SECTION = 1;
  private static final int IMPORT_SECTION = 2;
  private static final int TAG_SECTION = 13;
  private static final int TAG_KIND = 4;

  /** The module name under which a module imports the tags that it makes itself. */
  private static final String OWN_TAG = "myrhiza!tag";

  private static final int CODE_SECTION = 10;
  private static final int FUNCTION_FORM = 0x60;
  private static final int EMPTY_BLOCK = -0x40;

  /** A value type as a block type is its code, read as a negative number of 7 bits. */
  private static final int ONE_RESULT_BIAS = 0x80;

  /** Which half of Chicory is to run the module. */
  enum Half {
    COMPILER,
    INTERPRETER
  }

  private final byte[] array;
  private final CoreModule module;
  private final Half half;
  private final List<FunctionType> types;
  private boolean changed;

  private Mended(byte[] array, CoreModule module, Half half) {
    this.array = array;
    this.module = module;
    this.half = half;
    this.types = new ArrayList<>(module.types());
  }

  /**
   * Rewrites a module.
   *
   * @param bytes a module
   * @param half what will run it
   * @return what means the same to an engine without mistakes; the same array where nothing is to
   *     be done, or it is no module
   */
  static byte[] of(byte[] bytes, Half half) {
    return switch (CoreModules.decode(bytes, FeatureSet.BRIDGE)) {
      case WasmResult.Failed<CoreModule> _ -> bytes;
      case WasmResult.Ok<CoreModule>(CoreModule module) ->
          new Mended(bytes, module, half).rewritten();
    };
  }

  private byte[] rewritten() {
    try {
      ByteWriter code = new ByteWriter().u32(module.bodies().size());
      for (int i = 0; i < module.bodies().size(); i++) {
        FunctionBody body = module.bodies().get(i);
        int params = module.functionType(module.importedFunctions() + i).params().size();
        code.sized(new MendedBody(this, array, body, params).rewritten());
      }
      return changed || makesTags() ? withCode(code) : array;
    } catch (WasmException e) {
      throw new IllegalStateException("a decoded module is malformed", e);
    }
  }

  boolean isInterpreted() {
    return half == Half.INTERPRETER;
  }

  /** Told by a body that is no longer what it was. */
  void markChanged() {
    changed = true;
  }

  FunctionType type(int index) {
    return types.get(index);
  }

  /** The block type without parameters that has the results. */
  long blockType(List<ValueType> results) {
    if (results.isEmpty()) {
      return EMPTY_BLOCK;
    }
    if (results.size() == 1) {
      return (long) results.getFirst().code() - ONE_RESULT_BIAS;
    }
    FunctionType wanted = new FunctionType(List.of(), results);
    if (!types.contains(wanted)) {
      types.add(wanted);
    }
    return types.indexOf(wanted);
  }

  private byte[] withCode(ByteWriter code) throws WasmException {
    ByteWriter out = new ByteWriter().bytes(array, 0, HEADER);
    ByteReader in = new ByteReader(array, HEADER, array.length);
    boolean imports = !makesTags();
    while (!in.atEnd()) {
      int from = in.offset();
      int id = in.u8("section");
      int length = in.index("size of section");
      int contents = in.offset();
      in.skip(length, "section");
      if (!imports && id != 0 && id != TYPE_SECTION) {
        imports = true;
        out.section(IMPORT_SECTION, importSection(id == IMPORT_SECTION ? contents : -1));
      }
      switch (id) {
        case TYPE_SECTION -> out.section(id, typeSection());
        case CODE_SECTION -> out.section(id, code);
        case IMPORT_SECTION -> {
          if (!makesTags()) {
            out.bytes(array, from, in.offset());
          }
        }
        case TAG_SECTION -> {
          // Imported instead.
        }
        default -> out.bytes(array, from, in.offset());
      }
    }
    return out.toByteArray();
  }

  private boolean makesTags() {
    return module.tagTypes().size() > module.importedTags();
  }

  /** The module's imports, of which the contents begin there if there are any, and its own tags. */
  private ByteWriter importSection(int contents) throws WasmException {
    int own = module.tagTypes().size() - module.importedTags();
    ByteWriter out = new ByteWriter().u32(module.imports().size() + own);
    if (contents >= 0) {
      ByteReader in = new ByteReader(array, HEADER, array.length);
      in.skip(contents - HEADER, "what stands before");
      in.u32("number of imports");
      int first = in.offset();
      out.bytes(array, first, endOfImports());
    }
    for (int i = module.importedTags(); i < module.tagTypes().size(); i++) {
      out.name(OWN_TAG).name("" + i).u8s(TAG_KIND, 0).u32(module.tagTypes().get(i));
    }
    return out;
  }

  private int endOfImports() throws WasmException {
    ByteReader in = new ByteReader(array, HEADER, array.length);
    while (!in.atEnd()) {
      int id = in.u8("section");
      in.skip(in.index("size of section"), "section");
      if (id == IMPORT_SECTION) {
        break;
      }
    }
    return in.offset();
  }

  private ByteWriter typeSection() {
    ByteWriter out = new ByteWriter().u32(types.size());
    for (FunctionType type : types) {
      out.u8(FUNCTION_FORM);
      writeTypes(out, type.params());
      writeTypes(out, type.results());
    }
    return out;
  }

  private static void writeTypes(ByteWriter out, List<ValueType> types) {
    out.u32(types.size());
    types.forEach(type -> out.u8(type.code()));
  }
}
