// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.crossing;

import org.myrhiza.jvm.engine.ForwardingMemory;
import org.myrhiza.jvm.engine.MemoryWrapper;
import org.myrhiza.testkit.stack.TestEngine;
import org.myrhiza.wasm.engine.CoreMemory;

/** Engines whose memories make one mistake where the host reaches into them. */
final class FaultyEngine {
  private static final int NAN = 0x7fc0_0000;

  private FaultyEngine() {}

  /** Stores a canonical single NaN as another one. */
  static TestEngine noisyNans(TestEngine sound) {
    return new MemoryWrapper(sound, NoisyNans::new);
  }

  /** Stores, and loads, 64 bits with their halves exchanged. */
  static TestEngine swappedHalves(TestEngine sound) {
    return new MemoryWrapper(sound, SwappedHalves::new);
  }

  private static final class NoisyNans extends ForwardingMemory {
    NoisyNans(CoreMemory sound) {
      super(sound);
    }

    @Override
    public void storeInt(int address, int value) {
      super.storeInt(address, value == NAN ? value + 1 : value);
    }
  }

  private static final class SwappedHalves extends ForwardingMemory {
    SwappedHalves(CoreMemory sound) {
      super(sound);
    }

    @Override
    public long loadLong(int address) {
      return Long.rotateLeft(super.loadLong(address), Integer.SIZE);
    }

    @Override
    public void storeLong(int address, long value) {
      super.storeLong(address, Long.rotateLeft(value, Integer.SIZE));
    }
  }
}
