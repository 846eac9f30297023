// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.engine;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.types.DataSegment;

/**
 * Another instance's memory, as an instance sees it that imports it and has data segments which it
 * copies from itself. Chicory looks for segments in the memory, where those of the maker are.
 */
@SuppressWarnings("removal") // the interface still asks for methods that it will drop
final class BorrowedMemory implements Memory {
  private final TrackedMemory lender;
  private DataSegment[] segments = new DataSegment[0];

  BorrowedMemory(TrackedMemory lender) {
    this.lender = lender;
  }

  TrackedMemory lender() {
    return lender;
  }

  @Override
  public void initialize(Instance instance, DataSegment[] dataSegments) {
    initialize(instance, dataSegments, 0);
  }

  @Override
  public void initialize(Instance instance, DataSegment[] dataSegments, int index) {
    segments = dataSegments;
    lender.place(instance, dataSegments, index);
  }

  @Override
  public void initPassiveSegment(int segment, int to, int offset, int length) {
    lender.copyIn(segments[segment], to, offset, length);
  }

  /** The instance drops it from the array that it shares with this. */
  @Override
  public void drop(int segment) {
    // Nothing is left to do.
  }

  @Override
  public int pages() {
    return lender.pages();
  }

  @Override
  public int grow(int pages) {
    return lender.grow(pages);
  }

  @Override
  public int initialPages() {
    return lender.initialPages();
  }

  @Override
  public int maximumPages() {
    return lender.maximumPages();
  }

  @Override
  public boolean shared() {
    return lender.shared();
  }

  @Override
  public void write(int address, byte[] data, int offset, int length) {
    lender.write(address, data, offset, length);
  }

  @Override
  public byte read(int address) {
    return lender.read(address);
  }

  @Override
  public byte[] readBytes(int address, int length) {
    return lender.readBytes(address, length);
  }

  @Override
  public void writeByte(int address, byte value) {
    lender.writeByte(address, value);
  }

  @Override
  public void writeShort(int address, short value) {
    lender.writeShort(address, value);
  }

  @Override
  public void writeI32(int address, int value) {
    lender.writeI32(address, value);
  }

  @Override
  public void writeLong(int address, long value) {
    lender.writeLong(address, value);
  }

  @Override
  public short readShort(int address) {
    return lender.readShort(address);
  }

  @Override
  public long readU16(int address) {
    return lender.readU16(address);
  }

  @Override
  public int readInt(int address) {
    return lender.readInt(address);
  }

  @Override
  public long readLong(int address) {
    return lender.readLong(address);
  }

  @Override
  public void writeF32(int address, float value) {
    lender.writeF32(address, value);
  }

  @Override
  public long readF32(int address) {
    return lender.readF32(address);
  }

  @Override
  public float readFloat(int address) {
    return lender.readFloat(address);
  }

  @Override
  public void writeF64(int address, double value) {
    lender.writeF64(address, value);
  }

  @Override
  public double readDouble(int address) {
    return lender.readDouble(address);
  }

  @Override
  public long readF64(int address) {
    return lender.readF64(address);
  }

  @Override
  public void zero() {
    lender.zero();
  }

  @Override
  public void fill(byte value, int from, int to) {
    lender.fill(value, from, to);
  }

  @Override
  public void copy(int to, int from, int length) {
    lender.copy(to, from, length);
  }

  @Override
  public Object lock(int address) {
    return lender.lock(address);
  }

  @Override
  public int waitOn(int address, int expected, long timeout) {
    return lender.waitOn(address, expected, timeout);
  }

  @Override
  public int waitOn(int address, long expected, long timeout) {
    return lender.waitOn(address, expected, timeout);
  }

  @Override
  public int notify(int address, int maxThreads) {
    return lender.notify(address, maxThreads);
  }
}
