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
  private static final int I32_SUB = 0x6B;

  /** The greatest price whose code is one byte. */
  private static final int SHORT_PRICE = 63;

  /** Parameters behind the guest's: fuel and stack. */
  private static final int ACCOUNTS = 2;

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
    /** Whether to go on; the local has the fuel in functions that keep any. */
    boolean visit(InstructionReader reader, int fuelLocal);
  }

  private static void visit(byte[] code, Visitor visitor) {
    try {
      CoreModule module = CoreModules.decode(code, FeatureSet.BRIDGE).orThrow();
      for (int i = 0; i < module.bodies().size(); i++) {
        FunctionBody body = module.bodies().get(i);
        int params = module.functionType(module.importedFunctions() + i).params().size();
        ByteReader in = new ByteReader(code, body.from(), body.to());
        InstructionReader reader = new InstructionReader(in, FeatureSet.BRIDGE);
        while (!reader.atEnd()) {
          reader.next();
          if (!visitor.visit(reader, params - ACCOUNTS)) {
            return;
          }
        }
      }
    } catch (WasmException e) {
      throw new AssertionError(e);
    }
  }

  /** The first {@code i32.const price, i32.sub, local.set fuel}: a price that only adds up. */
  private static byte[] lowerOnePrice(byte[] code) {
    int[] codes = {0, 0};
    int[] starts = {0, 0};
    int[] constants = {0, 0};
    visit(
        code,
        (reader, fuelLocal) -> {
          boolean charge =
              reader.code() == Instructions.LOCAL_SET
                  && reader.first() == fuelLocal
                  && codes[1] == I32_SUB
                  && codes[0] == Instructions.I32_CONST;
          if (charge && constants[0] > 0 && constants[0] <= SHORT_PRICE) {
            code[starts[0] + 1]--;
            return false;
          }
          shift(codes, reader.code());
          shift(starts, reader.start());
          shift(constants, reader.first());
          return true;
        });
    return code;
  }

  private static void shift(int[] lastTwo, int next) {
    lastTwo[0] = lastTwo[1];
    lastTwo[1] = next;
  }

  private static byte[] signDivisions(byte[] code) {
    visit(
        code,
        (reader, fuelLocal) -> {
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
