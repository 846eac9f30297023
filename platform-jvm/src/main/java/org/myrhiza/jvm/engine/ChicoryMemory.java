// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.engine;

import com.dylibso.chicory.runtime.Memory;
import org.myrhiza.wasm.engine.CoreMemory;
import org.myrhiza.wasm.engine.MemoryImage;

/** A memory of the port over one of ours inside Chicory. */
final class ChicoryMemory implements CoreMemory {
  private final TrackedMemory memory;

  ChicoryMemory(TrackedMemory memory) {
    this.memory = memory;
  }

  /** The memory, for an instance that imports it. */
  Memory lent() {
    return new BorrowedMemory(memory);
  }

  Memory memory() {
    return memory;
  }

  @Override
  public int byteSize() {
    return memory.byteSize();
  }

  @Override
  public void read(int address, byte[] into, int offset, int length) {
    memory.readInto(address, into, offset, length);
  }

  @Override
  public void write(int address, byte[] from, int offset, int length) {
    memory.write(address, from, offset, length);
  }

  @Override
  public int loadByte(int address) {
    return memory.read(address) & 0xff;
  }

  @Override
  public int loadShort(int address) {
    return memory.readShort(address) & 0xffff;
  }

  @Override
  public int loadInt(int address) {
    return memory.readInt(address);
  }

  @Override
  public long loadLong(int address) {
    return memory.readLong(address);
  }

  @Override
  public void storeByte(int address, int value) {
    memory.writeByte(address, (byte) value);
  }

  @Override
  public void storeShort(int address, int value) {
    memory.writeShort(address, (short) value);
  }

  @Override
  public void storeInt(int address, int value) {
    memory.writeI32(address, value);
  }

  @Override
  public void storeLong(int address, long value) {
    memory.writeLong(address, value);
  }

  @Override
  public MemoryImage image() {
    memory.takeImage();
    return new Image();
  }

  @Override
  public boolean restore(MemoryImage image) {
    return memory.restoreImage();
  }

  /** The memory itself keeps its latest image, which is the only one that can be restored. */
  private static final class Image implements MemoryImage {}
}
