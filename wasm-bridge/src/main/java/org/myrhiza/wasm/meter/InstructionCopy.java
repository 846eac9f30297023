// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.meter;

import org.myrhiza.wasm.binary.ByteReader;
import org.myrhiza.wasm.binary.ByteWriter;
import org.myrhiza.wasm.binary.WasmException;
import org.myrhiza.wasm.core.FeatureSet;
import org.myrhiza.wasm.core.FunctionBody;
import org.myrhiza.wasm.core.InstructionReader;
import org.myrhiza.wasm.core.Instructions;

/** Copies instructions; only the indices of types and of locals may move. */
final class InstructionCopy {
  private final BodyRewriter.Space space;
  private final InstructionReader reader;
  private final byte[] source;
  private final int params;

  /** With accounts: locals behind so many parameters move up by the accounts. */
  InstructionCopy(BodyRewriter.Space space, InstructionReader reader, byte[] source, int params) {
    this.params = params;
    this.space = space;
    this.reader = reader;
    this.source = source;
  }

  /** A whole body without accounts, its locals included, without its size. */
  static ByteWriter body(BodyRewriter.Space space, byte[] source, FunctionBody body, FeatureSet set)
      throws WasmException {
    ByteWriter out = new ByteWriter();
    out.u32(body.locals().size());
    for (FunctionBody.LocalRun run : body.locals()) {
      out.u32(run.count()).u8(run.type().code());
    }
    if (!space.movesTypes()) {
      return out.bytes(source, body.from(), body.to());
    }
    InstructionReader reader =
        new InstructionReader(new ByteReader(source, body.from(), body.to()), set);
    InstructionCopy copy = new InstructionCopy(space, reader, source, Integer.MAX_VALUE);
    for (int open = 1; open > 0; ) {
      reader.next();
      copy.to(out);
      switch (reader.code()) {
        case Instructions.BLOCK, Instructions.LOOP, Instructions.IF, Instructions.TRY_TABLE ->
            open++;
        case Instructions.END -> open--;
        default -> {}
      }
    }
    return out;
  }

  /** Writes the instruction at which the reader is. */
  void to(ByteWriter out) {
    if (namesLocal() && reader.first() >= params) {
      out.u8(reader.code()).u32(reader.first() + Convention.PARAMS);
      return;
    }
    if (!space.movesTypes() || !namesType()) {
      out.bytes(source, reader.start(), reader.end());
      return;
    }
    out.u8(reader.code());
    if (reader.code() == Instructions.CALL_INDIRECT) {
      out.u32(space.type(reader.first())).u32(reader.second());
    } else {
      out.s64(space.type(reader.first()));
    }
    if (reader.code() == Instructions.TRY_TABLE) {
      out.bytes(source, reader.behindType(), reader.end());
    }
  }

  private boolean namesLocal() {
    return switch (reader.code()) {
      case Instructions.LOCAL_GET, Instructions.LOCAL_SET, Instructions.LOCAL_TEE -> true;
      default -> false;
    };
  }

  /** Whether the instruction has the index of a type: block types without one are negative. */
  private boolean namesType() {
    return switch (reader.code()) {
      case Instructions.CALL_INDIRECT -> true;
      case Instructions.BLOCK, Instructions.LOOP, Instructions.IF, Instructions.TRY_TABLE ->
          reader.first() >= 0;
      default -> false;
    };
  }
}
