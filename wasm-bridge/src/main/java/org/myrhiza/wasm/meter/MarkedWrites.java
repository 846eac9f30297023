// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.meter;

import org.myrhiza.wasm.binary.ByteReader;
import org.myrhiza.wasm.binary.ByteWriter;
import org.myrhiza.wasm.binary.WasmException;
import org.myrhiza.wasm.core.CoreModule;
import org.myrhiza.wasm.core.CoreModules;
import org.myrhiza.wasm.core.FunctionBody;
import org.myrhiza.wasm.core.Instructions;
import org.myrhiza.wasm.core.ValueType;

/**
 * Rewrites a module once more, for an engine that cannot see what a guest writes: the module then
 * keeps marks of the blocks of its memory that it wrote, so that only these need to be put back.
 * This is an engine's own business. What the module computes and charges is the same.
 *
 * <p>A memory has {@value #BLOCKS} blocks at most, each of {@code 2^blockBits} bytes. A function
 * gathers marks in a local and adds them to those of the module before it returns; so after a call
 * that did not return they tell nothing. A write marks the block of its first byte: whoever puts
 * blocks back puts {@link #OVERHANG} bytes behind each back too. Marks tell nothing either once the
 * memory has grown, or where another module writes to it.
 */
public final class MarkedWrites {
  /**
   * The name of an exported function that answers the marks, bit {@code n} for block {@code n}, and
   * forgets them.
   */
  public static final String TAKE = Accounts.RESERVED_PREFIX + "marks";

  /** The most blocks of a memory. */
  public static final int BLOCKS = 32;

  /** How many bytes behind a marked block may have been written as well. */
  public static final int OVERHANG = 7;

  private static final int HEADER = 8;
  private static final int PAGE_BITS = 16;
  private static final int BLOCK_COUNT_BITS = 5;

  private static final int TYPES = 1;
  private static final int FUNCTIONS = 3;
  private static final int GLOBALS = 6;
  private static final int EXPORTS = 7;
  private static final int CODE = 10;
  private static final int FUNCTION_FORM = 0x60;
  private static final int FUNCTION_KIND = 0;

  private final byte[] array;
  private final CoreModule module;
  private final int blockBits;

  private MarkedWrites(byte[] array, CoreModule module, int pages) {
    this.array = array;
    this.module = module;
    this.blockBits = blockBits(pages);
  }

  /**
   * Rewrites a module.
   *
   * @param module a valid module, rewritten by {@link Meter}
   * @return a module with marks; the same array where the module has them already, or makes no
   *     memory that is part of an image, or one that begins empty, or has no function to write it
   */
  public static byte[] of(byte[] module) {
    try {
      CoreModule decoded = CoreModules.decodeValid(module).orThrow();
      boolean wanted =
          decoded.export(ModuleRewriter.IMAGE_MEMORY).isPresent()
              && decoded.export(TAKE).isEmpty()
              && decoded.memories().size() == 1
              && !decoded.bodies().isEmpty();
      int pages = wanted ? (int) decoded.memories().getFirst().extent().min() : 0;
      return pages == 0 ? module : new MarkedWrites(module, decoded, pages).rewritten();
    } catch (WasmException e) {
      throw new IllegalArgumentException("not a valid module", e);
    }
  }

  /**
   * The size of a block.
   *
   * @param pages pages of 64 KiB that the memory begins with, at least 1
   * @return the power of two
   */
  public static int blockBits(int pages) {
    int pageBits = Integer.SIZE - Integer.numberOfLeadingZeros(pages - 1);
    return PAGE_BITS - BLOCK_COUNT_BITS + pageBits;
  }

  /** The global that has the marks. */
  private int marks() {
    return module.globals().size();
  }

  private byte[] rewritten() throws WasmException {
    ByteWriter out = new ByteWriter().bytes(array, 0, HEADER);
    ByteReader in = new ByteReader(array, HEADER, array.length);
    boolean hasGlobals = false;
    while (!in.atEnd()) {
      int from = in.offset();
      int id = in.u8("section");
      ByteReader section = in.sub(in.index("size of section"), "section");
      if (id == GLOBALS) {
        hasGlobals = true;
      } else if (id == EXPORTS && !hasGlobals) {
        out.section(GLOBALS, new ByteWriter().u32(1).append(marksGlobal()));
      }
      switch (id) {
        case TYPES -> appended(out, id, section, takeType());
        case FUNCTIONS -> appended(out, id, section, new ByteWriter().u32(module.types().size()));
        case GLOBALS -> appended(out, id, section, marksGlobal());
        case EXPORTS -> appended(out, id, section, takeExport());
        case CODE -> out.section(id, code());
        default -> out.bytes(array, from, in.offset());
      }
    }
    return out.toByteArray();
  }

  /** The entries that a section has, and one more. */
  private void appended(ByteWriter out, int id, ByteReader section, ByteWriter entry)
      throws WasmException {
    ByteWriter contents = new ByteWriter().u32(section.index("count") + 1);
    contents.bytes(array, section.offset(), section.end());
    out.section(id, contents.append(entry));
  }

  private static ByteWriter takeType() {
    return new ByteWriter().u8(FUNCTION_FORM).u32(0).u32(1).u8(ValueType.I32.code());
  }

  private static ByteWriter marksGlobal() {
    ByteWriter out = new ByteWriter().u8(ValueType.I32.code()).u8(1);
    return out.u8(Instructions.I32_CONST).s32(0).u8(Instructions.END);
  }

  private ByteWriter takeExport() {
    return new ByteWriter().name(TAKE).u8(FUNCTION_KIND).u32(module.functionCount());
  }

  private ByteWriter code() throws WasmException {
    ByteWriter out = new ByteWriter().u32(module.bodies().size() + 1);
    for (int i = 0; i < module.bodies().size(); i++) {
      FunctionBody body = module.bodies().get(i);
      int params = module.functionType(module.importedFunctions() + i).params().size();
      MarkedBody.Marks kept = new MarkedBody.Marks(marks(), blockBits);
      out.sized(new MarkedBody(array, body, params, kept).rewritten());
    }
    ByteWriter take = new ByteWriter().u32(0).u8(Instructions.GLOBAL_GET).u32(marks());
    take.u8(Instructions.I32_CONST).s32(0).u8(Instructions.GLOBAL_SET).u32(marks());
    return out.sized(take.u8(Instructions.END));
  }
}
