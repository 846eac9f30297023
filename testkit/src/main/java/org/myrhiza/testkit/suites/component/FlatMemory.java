// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.component;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.engine.CallOutcome;
import org.myrhiza.wasm.engine.CoreFunction;
import org.myrhiza.wasm.engine.CoreGlobal;
import org.myrhiza.wasm.engine.CoreMemory;
import org.myrhiza.wasm.engine.MemoryImage;

/** A guest without a guest: a memory, a bump allocator that counts its calls, and fuel. */
final class FlatMemory implements CoreMemory {
  final byte[] bytes;

  /** The arguments of each call of the allocator. */
  final List<String> calls = new ArrayList<>();

  /** The fuel account as the allocator finds it, and what it charges to it. */
  @Nullable CoreGlobal account;

  long price;
  int reallocs;
  int next = 16;

  FlatMemory(int size) {
    this.bytes = new byte[size];
  }

  /** Allocates upwards; beyond the memory it answers an address outside, as a broken guest may. */
  CoreFunction realloc() {
    return (arguments, results) -> {
      reallocs++;
      int old = arguments.getInt(0);
      int oldLength = arguments.getInt(1);
      int alignment = arguments.getInt(2);
      int length = arguments.getInt(3);
      calls.add(old + " " + oldLength + " " + alignment + " " + length);
      if (account != null) {
        account.set(account.get() - price);
      }
      next = (next + alignment - 1) & -alignment;
      results.setInt(0, next);
      move(old, oldLength, length);
      next += length;
      return CallOutcome.RETURNED;
    };
  }

  /** What was allocated before goes along, as far as there is room for it. */
  private void move(int old, int oldLength, int length) {
    int kept = Math.min(oldLength, length);
    if (next + kept <= bytes.length) {
      System.arraycopy(bytes, old, bytes, next, kept);
    }
  }

  /** An account with this much fuel. */
  static CoreGlobal fuel(long units) {
    return new CoreGlobal() {
      private long value = units;

      @Override
      public long get() {
        return value;
      }

      @Override
      public void set(long to) {
        value = to;
      }
    };
  }

  @Override
  public int byteSize() {
    return bytes.length;
  }

  @Override
  public void read(int address, byte[] into, int offset, int length) {
    System.arraycopy(bytes, address, into, offset, length);
  }

  @Override
  public void write(int address, byte[] from, int offset, int length) {
    System.arraycopy(from, offset, bytes, address, length);
  }

  @Override
  public int loadByte(int address) {
    return bytes[address] & 0xff;
  }

  @Override
  public int loadShort(int address) {
    return loadByte(address) | loadByte(address + 1) << 8;
  }

  @Override
  public int loadInt(int address) {
    return loadShort(address) | loadShort(address + 2) << 16;
  }

  @Override
  public long loadLong(int address) {
    return (loadInt(address) & 0xffffffffL) | (long) loadInt(address + 4) << 32;
  }

  @Override
  public void storeByte(int address, int value) {
    bytes[address] = (byte) value;
  }

  @Override
  public void storeShort(int address, int value) {
    storeByte(address, value);
    storeByte(address + 1, value >> 8);
  }

  @Override
  public void storeInt(int address, int value) {
    storeShort(address, value);
    storeShort(address + 2, value >> 16);
  }

  @Override
  public void storeLong(int address, long value) {
    storeInt(address, (int) value);
    storeInt(address + 4, (int) (value >> 32));
  }

  @Override
  public MemoryImage image() {
    return new MemoryImage() {};
  }

  @Override
  public boolean restore(MemoryImage image) {
    return false;
  }
}
