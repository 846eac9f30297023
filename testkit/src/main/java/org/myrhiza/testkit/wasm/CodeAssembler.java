// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.wasm;

import java.util.Map;
import java.util.TreeMap;
import org.myrhiza.wasm.binary.ByteWriter;
import org.myrhiza.wasm.core.Instructions;

/**
 * Turns flat text into instructions: names of the text format separated by white space, each with
 * its immediates after an equals sign, separated by commas.
 *
 * <p>{@code block=i} has one result, {@code block=3} the type 3, {@code block} nothing. The targets
 * of {@code br_table=0,1,2} end with the default. Accesses have alignment and offset: {@code
 * i32.load=2,0}. Floats are given by their bits. {@code byte=255} is a raw byte.
 */
public final class CodeAssembler {
  private static final Map<String, Integer> CODES = codes();
  private static final int PREFIX = 0xFC;
  private static final int EMPTY_BLOCK = 0x40;

  private CodeAssembler() {}

  private static Map<String, Integer> codes() {
    Map<String, Integer> codes = new TreeMap<>();
    for (int code = Instructions.CODES - 1; code >= 0; code--) {
      if (Instructions.isKnown(code)) {
        codes.put(Instructions.name(code), code);
      }
    }
    return codes;
  }

  /**
   * Assembles code. The final {@code end} of a body is to be written too.
   *
   * @param text the instructions
   * @return their bytes
   */
  public static ByteWriter assemble(String text) {
    ByteWriter out = new ByteWriter();
    for (String token : text.strip().split("\\s+", -1)) {
      if (!token.isEmpty()) {
        assembleOne(out, token);
      }
    }
    return out;
  }

  private static void assembleOne(ByteWriter out, String token) {
    int equals = token.indexOf('=');
    String name = equals < 0 ? token : token.substring(0, equals);
    String[] immediates = equals < 0 ? new String[0] : token.substring(equals + 1).split(",", -1);
    if (name.equals("byte")) {
      out.u8(Integer.parseInt(immediates[0]));
      return;
    }
    Integer code = CODES.get(name);
    if (code == null) {
      throw new IllegalArgumentException("no instruction " + name);
    }
    if (code >= Instructions.PREFIXED) {
      out.u8(PREFIX).u32(code - Instructions.PREFIXED);
    } else {
      out.u8(code);
    }
    writeImmediates(out, Instructions.immediates(code), immediates);
  }

  private static void writeImmediates(
      ByteWriter out, Instructions.Immediates kind, String[] values) {
    switch (kind) {
      case NONE -> {}
      case BLOCK -> writeBlockType(out, values);
      case LABELS -> {
        out.u32(values.length - 1);
        writeIndices(out, values, values.length);
      }
      case LABEL, FUNCTION, LOCAL, GLOBAL, TABLE, DATA, ELEMENT, TAG ->
          writeIndices(out, values, 1);
      case TYPE_TABLE, TABLE_TABLE, ELEMENT_TABLE, ACCESS -> writeIndices(out, values, 2);
      case MEMORY -> out.u8(0);
      case MEMORY_MEMORY -> out.u8s(0, 0);
      case DATA_MEMORY -> {
        writeIndices(out, values, 1);
        out.u8(0);
      }
      case CATCHES -> throw new IllegalArgumentException("no text form for catches");
      case I32 -> out.s32((int) Long.parseLong(values[0]));
      case I64 -> out.s64(Long.parseLong(values[0]));
      case F32 -> out.fixed32((int) Long.parseLong(values[0]));
      case F64 -> out.fixed64(Long.parseLong(values[0]));
      case TYPES -> out.u32(1).u8(ModuleAssembler.typeCode(values[0].charAt(0)));
      case REFERENCE -> out.u8(ModuleAssembler.typeCode(values[0].charAt(0)));
    }
  }

  private static void writeIndices(ByteWriter out, String[] values, int count) {
    for (int i = 0; i < count; i++) {
      out.u32((int) Long.parseLong(values[i]));
    }
  }

  private static void writeBlockType(ByteWriter out, String[] values) {
    if (values.length == 0) {
      out.u8(EMPTY_BLOCK);
    } else if (values[0].charAt(0) >= 'a') {
      out.u8(ModuleAssembler.typeCode(values[0].charAt(0)));
    } else {
      out.s64(Long.parseLong(values[0]));
    }
  }
}
