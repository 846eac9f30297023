// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.fuzz;

import java.util.function.UnaryOperator;
import org.myrhiza.jvm.engine.ForwardingMemory;
import org.myrhiza.jvm.engine.MemoryWrapper;
import org.myrhiza.testkit.stack.TestEngine;
import org.myrhiza.wasm.binary.ByteReader;
import org.myrhiza.wasm.binary.WasmException;
import org.myrhiza.wasm.core.CoreModule;
import org.myrhiza.wasm.core.CoreModules;
import org.myrhiza.wasm.core.FeatureSet;
import org.myrhiza.wasm.core.FunctionBody;
import org.myrhiza.wasm.core.InstructionReader;
import org.myrhiza.wasm.core.Instructions;
import org.myrhiza.wasm.engine.CoreMemory;
import org.myrhiza.wasm.engine.Engine;
import org.myrhiza.wasm.engine.MemoryImage;
import org.myrhiza.wasm.engine.ModuleHash;

/** Engines with one mistake each, which the fuzzer must find. */
final class PlantedBugs {
  private static final int I32_DIV_S = 0x6D;
  private static final int I32_DIV_U = 0x6E;
  private static final int I64_SUB = 0x7D;

  /** The greatest price whose code is one byte. */
  private static final int SHORT_PRICE = 63;

  private PlantedBugs() {}

  /** Takes one unit too little in one place of each module. */
  static TestEngine cheap(TestEngine sound) {
    return changed(sound, PlantedBugs::lowerOnePrice);
  }

  /** Divides with signs where it should without. */
  static TestEngine signed(TestEngine sound) {
    return changed(sound, PlantedBugs::signDivisions);
  }

  /** Says that it put a memory's image back and does nothing. */
  static TestEngine forgetful(TestEngine sound) {
    return new MemoryWrapper(sound, Dirty::new);
  }

  private static TestEngine changed(TestEngine sound, UnaryOperator<byte[]> change) {
    return new TestEngine() {
      @Override
      public Engine engine() {
        return sound.engine();
      }

      @Override
      public void prepare(ModuleHash hash, byte[] code) {
        sound.prepare(hash, change.apply(code.clone()));
      }
    };
  }

  /** Sees each instruction of a module. */
  private interface Visitor {
    /** Whether to go on. */
    boolean visit(InstructionReader reader);
  }

  private static void visit(byte[] code, Visitor visitor) {
    try {
      CoreModule module = CoreModules.decode(code, FeatureSet.BRIDGE).orThrow();
      for (FunctionBody body : module.bodies()) {
        ByteReader in = new ByteReader(code, body.from(), body.to());
        InstructionReader reader = new InstructionReader(in, FeatureSet.BRIDGE);
        while (!reader.atEnd()) {
          reader.next();
          if (!visitor.visit(reader)) {
            return;
          }
        }
      }
    } catch (WasmException e) {
      throw new AssertionError(e);
    }
  }

  /** The first {@code i64.const price, i64.sub, local.set}: a price that only adds up. */
  private static byte[] lowerOnePrice(byte[] code) {
    int[] before = {0, 0};
    int[] place = {0};
    visit(
        code,
        reader -> {
          boolean charge =
              reader.code() == Instructions.LOCAL_SET
                  && before[1] == I64_SUB
                  && before[0] == Instructions.I64_CONST;
          if (charge) {
            code[place[0] + 1]--;
            return false;
          }
          if (reader.code() == Instructions.I64_CONST
              && reader.wide() > 0
              && reader.wide() <= SHORT_PRICE) {
            place[0] = reader.start();
          }
          before[0] = before[1];
          before[1] = reader.code();
          return true;
        });
    return code;
  }

  private static byte[] signDivisions(byte[] code) {
    visit(
        code,
        reader -> {
          if (reader.code() == I32_DIV_U) {
            code[reader.start()] = I32_DIV_S;
          }
          return true;
        });
    return code;
  }

  private static final class Dirty extends ForwardingMemory {
    Dirty(CoreMemory sound) {
      super(sound);
    }

    @Override
    public boolean restore(MemoryImage image) {
      return true;
    }
  }
}
