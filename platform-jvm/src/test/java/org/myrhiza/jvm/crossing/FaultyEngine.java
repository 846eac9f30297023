// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.crossing;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.testkit.stack.TestEngine;
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

/** An engine whose memories make one mistake where the host reaches into them. */
record FaultyEngine(TestEngine sound, Fault fault) implements TestEngine, Engine {
  private static final int NAN = 0x7fc0_0000;

  /** What goes wrong. */
  enum Fault {
    /** A canonical single NaN is stored as another one. */
    NOISY_NANS,
    /** 64 bits are stored, and loaded, with their halves exchanged. */
    SWAPPED_HALVES
  }

  @Override
  public Engine engine() {
    return this;
  }

  @Override
  public void prepare(ModuleHash hash, byte[] code) {
    sound.prepare(hash, code);
  }

  @Override
  public String name() {
    return "faulty";
  }

  @Override
  public boolean isPrepared(ModuleHash code) {
    return sound.engine().isPrepared(code);
  }

  @Override
  public Instantiation instantiate(ModuleHash code, List<CoreImport> imports) {
    return sound.engine().instantiate(code, imports) instanceof Instantiation.Instantiated(var made)
        ? new Instantiation.Instantiated(new FaultyInstance(made, fault))
        : new Instantiation.Failed("not instantiated");
  }

  @Override
  public CoreFunction hostFunction(CoreSignature signature, HostFunction body) {
    return sound.engine().hostFunction(signature, body);
  }

  @Override
  public CoreGlobal hostGlobal(ValueKind kind, long initial) {
    return sound.engine().hostGlobal(kind, initial);
  }

  private record FaultyInstance(CoreInstance sound, Fault fault) implements CoreInstance {
    @Override
    public @Nullable CoreExtern export(String name) {
      CoreExtern found = sound.export(name);
      return found instanceof CoreMemory memory ? new FaultyMemory(memory, fault) : found;
    }
  }

  private record FaultyMemory(CoreMemory sound, Fault fault) implements CoreMemory {
    private long halves(long value) {
      return fault == Fault.SWAPPED_HALVES ? Long.rotateLeft(value, Integer.SIZE) : value;
    }

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
      return halves(sound.loadLong(address));
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
      sound.storeInt(address, fault == Fault.NOISY_NANS && value == NAN ? value + 1 : value);
    }

    @Override
    public void storeLong(int address, long value) {
      sound.storeLong(address, halves(value));
    }

    @Override
    public MemoryImage image() {
      return sound.image();
    }

    @Override
    public boolean restore(MemoryImage image) {
      return sound.restore(image);
    }
  }
}
