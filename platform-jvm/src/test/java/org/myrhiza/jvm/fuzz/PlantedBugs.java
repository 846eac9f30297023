// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.fuzz;

import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.myrhiza.testkit.stack.TestEngine;
import org.myrhiza.wasm.binary.ByteReader;
import org.myrhiza.wasm.binary.WasmException;
import org.myrhiza.wasm.core.CoreModule;
import org.myrhiza.wasm.core.CoreModules;
import org.myrhiza.wasm.core.FeatureSet;
import org.myrhiza.wasm.core.FunctionBody;
import org.myrhiza.wasm.core.InstructionReader;
import org.myrhiza.wasm.core.Instructions;
import org.myrhiza.wasm.engine.CoreExtern;
import org.myrhiza.wasm.engine.CoreFunction;
import org.myrhiza.wasm.engine.CoreGlobal;
import org.myrhiza.wasm.engine.CoreImport;
import org.myrhiza.wasm.engine.CoreInstance;
import org.myrhiza.wasm.engine.CoreMemory;
import org.myrhiza.wasm.engine.CoreSignature;
import org.myrhiza.wasm.engine.Engine;
import org.myrhiza.wasm.engine.HostFunction;
import org.myrhiza.wasm.engine.Instantiation;
import org.myrhiza.wasm.engine.MemoryImage;
import org.myrhiza.wasm.engine.ModuleHash;
import org.myrhiza.wasm.engine.ValueKind;

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
    Engine engine = new Forgetful(sound.engine());
    return new TestEngine() {
      @Override
      public Engine engine() {
        return engine;
      }

      @Override
      public void prepare(ModuleHash hash, byte[] code) {
        sound.prepare(hash, code);
      }
    };
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

  private record Forgetful(Engine sound) implements Engine {
    @Override
    public String name() {
      return "forgetful";
    }

    @Override
    public boolean isPrepared(ModuleHash code) {
      return sound.isPrepared(code);
    }

    @Override
    public Instantiation instantiate(ModuleHash code, List<CoreImport> imports) {
      return sound.instantiate(code, imports) instanceof Instantiation.Instantiated(var made)
          ? new Instantiation.Instantiated(new Dirty(made))
          : new Instantiation.Failed("not instantiated");
    }

    @Override
    public CoreFunction hostFunction(CoreSignature signature, HostFunction body) {
      return sound.hostFunction(signature, body);
    }

    @Override
    public CoreGlobal hostGlobal(ValueKind kind, long initial) {
      return sound.hostGlobal(kind, initial);
    }
  }

  private record Dirty(CoreInstance sound) implements CoreInstance {
    @Override
    public @Nullable CoreExtern export(String name) {
      CoreExtern found = sound.export(name);
      return found instanceof CoreMemory memory ? new DirtyMemory(memory) : found;
    }
  }

  private record DirtyMemory(CoreMemory sound) implements CoreMemory {
    @Override
    public int byteSize() {
      return sound.byteSize();
    }

    @Override
    public void read(int address, byte[] into, int offset, int length) {
      sound.read(address, into, offset, length);
    }

    @Override
    public void write(int address, byte[] from, int offset, int length) {
      sound.write(address, from, offset, length);
    }

    @Override
    public int loadByte(int address) {
      return sound.loadByte(address);
    }

    @Override
    public int loadShort(int address) {
      return sound.loadShort(address);
    }

    @Override
    public int loadInt(int address) {
      return sound.loadInt(address);
    }

    @Override
    public long loadLong(int address) {
      return sound.loadLong(address);
    }

    @Override
    public void storeByte(int address, int value) {
      sound.storeByte(address, value);
    }

    @Override
    public void storeShort(int address, int value) {
      sound.storeShort(address, value);
    }

    @Override
    public void storeInt(int address, int value) {
      sound.storeInt(address, value);
    }

    @Override
    public void storeLong(int address, long value) {
      sound.storeLong(address, value);
    }

    @Override
    public MemoryImage image() {
      return sound.image();
    }

    @Override
    public boolean restore(MemoryImage image) {
      return true;
    }
  }
}
