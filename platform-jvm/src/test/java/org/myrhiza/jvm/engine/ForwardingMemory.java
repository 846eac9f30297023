// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.engine;

import org.myrhiza.wasm.engine.CoreMemory;
import org.myrhiza.wasm.engine.MemoryImage;

/** A memory that does as another one does; what is to go wrong is overridden. */
public class ForwardingMemory implements CoreMemory {
  private final CoreMemory sound;

  /** Hands everything on to {@code sound}. */
  protected ForwardingMemory(CoreMemory sound) {
    this.sound = sound;
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
    return sound.restore(image);
  }
}
