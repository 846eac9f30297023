// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.engine;

import com.dylibso.chicory.runtime.ConstantEvaluators;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.runtime.WasmRuntimeException;
import com.dylibso.chicory.wasm.UninstantiableException;
import com.dylibso.chicory.wasm.types.ActiveDataSegment;
import com.dylibso.chicory.wasm.types.DataSegment;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.PassiveDataSegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A linear memory that knows which of its blocks were written since its image was taken, so that
 * putting the image back touches only those.
 *
 * <p>An apply of a small app writes a few hundred bytes of a memory of 64 KiB or more; copying all
 * of it back would cost more than the call. A mark is one byte store next to each write. The array
 * is longer than the memory after it grew (capacity doubles), so bounds are checked against the
 * size.
 */
@SuppressWarnings("removal") // the interface still asks for methods that it will drop
final class TrackedMemory implements Memory {
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Bytes per mark, as a power of two: 1 KiB. */
  private static final int BLOCK_BITS = 10;

  private static final int BLOCK = 1 << BLOCK_BITS;

  private final MemoryLimits limits;
  private byte[] bytes;
  private byte[] written;
  private int size;
  private byte[] image = new byte[0];
  private int imageSize = -1;
  private DataSegment @Nullable [] segments;

  TrackedMemory(MemoryLimits limits) {
    this.limits = limits;
    this.size = Memory.bytes(limits.initialPages());
    this.bytes = new byte[size];
    this.written = new byte[size >>> BLOCK_BITS];
  }

  int byteSize() {
    return size;
  }

  /** Copies the contents up to the last byte that is not zero, and forgets all marks. */
  void takeImage() {
    int end = size;
    while (end > 0 && bytes[end - 1] == 0) {
      end--;
    }
    image = Arrays.copyOf(bytes, end);
    imageSize = size;
    Arrays.fill(written, (byte) 0);
  }

  /** Puts the image back; false when the size differs. */
  boolean restoreImage() {
    if (size != imageSize) {
      return false;
    }
    for (int block = 0; block < written.length; block++) {
      if (written[block] != 0) {
        written[block] = 0;
        int from = block << BLOCK_BITS;
        int copied = Math.clamp(image.length - from, 0, BLOCK);
        if (copied > 0) {
          System.arraycopy(image, from, bytes, from, copied);
        }
        Arrays.fill(bytes, from + copied, from + BLOCK, (byte) 0);
      }
    }
    return true;
  }

  void readInto(int address, byte[] into, int offset, int length) {
    System.arraycopy(bytes, address, into, offset, length);
  }

  private void check(int address, int length) {
    if (address < 0 || address > size - length) {
      throw outside();
    }
  }

  private void checkRange(int address, int length) {
    if (length < 0 || address < 0 || address > size - length) {
      throw outside();
    }
  }

  private static WasmRuntimeException outside() {
    return new WasmRuntimeException("out of bounds memory access");
  }

  private void mark(int address, int length) {
    if (length > 0) {
      int last = (address + length - 1) >>> BLOCK_BITS;
      for (int block = address >>> BLOCK_BITS; block <= last; block++) {
        written[block] = 1;
      }
    }
  }

  @Override
  public int pages() {
    return size / PAGE_SIZE;
  }

  @Override
  public int grow(int pages) {
    int before = pages();
    if (pages < 0 || pages > maximumPages() - before) {
      return -1;
    }
    int grown = Memory.bytes(before + pages);
    if (grown > bytes.length) {
      int capacity = (int) Math.min(Memory.bytes(maximumPages()), Math.max(grown, 2L * size));
      bytes = Arrays.copyOf(bytes, capacity);
      written = Arrays.copyOf(written, capacity >>> BLOCK_BITS);
    }
    size = grown;
    return before;
  }

  @Override
  public int initialPages() {
    return limits.initialPages();
  }

  @Override
  public int maximumPages() {
    return Math.min(limits.maximumPages(), RUNTIME_MAX_PAGES);
  }

  @Override
  public boolean shared() {
    return false;
  }

  @Override
  public void initialize(Instance instance, DataSegment[] dataSegments) {
    initialize(instance, dataSegments, 0);
  }

  /** The first to do so is the instance that makes the memory; see {@link BorrowedMemory}. */
  @Override
  public void initialize(Instance instance, DataSegment[] dataSegments, int index) {
    if (segments == null) {
      segments = dataSegments;
    }
    place(instance, dataSegments, index);
  }

  /** Writes the active segments of an instance's memory, which are dropped by that. */
  void place(Instance instance, DataSegment[] dataSegments, int index) {
    for (int i = 0; i < dataSegments.length; i++) {
      if (dataSegments[i] instanceof ActiveDataSegment active && active.index() == index) {
        int at =
            (int) ConstantEvaluators.computeConstantValue(instance, active.offsetInstructions())[0];
        byte[] data = active.data();
        if (at < 0 || at > size - data.length) {
          throw new UninstantiableException("data segment out of bounds");
        }
        write(at, data, 0, data.length);
        dataSegments[i] = PassiveDataSegment.EMPTY;
      }
    }
  }

  @Override
  public void initPassiveSegment(int segment, int to, int offset, int length) {
    copyIn(segments == null ? PassiveDataSegment.EMPTY : segments[segment], to, offset, length);
  }

  /** {@code memory.init}. */
  void copyIn(DataSegment segment, int to, int offset, int length) {
    byte[] data = segment.data();
    if (length < 0 || offset < 0 || offset > data.length - length) {
      throw outside();
    }
    write(to, data, offset, length);
  }

  /** The instance drops it from the array that it shares with this. */
  @Override
  public void drop(int segment) {
    if (segments != null) {
      segments[segment] = PassiveDataSegment.EMPTY;
    }
  }

  /** The memory itself, also where an instance borrows it. */
  static TrackedMemory of(Memory memory) {
    return memory instanceof BorrowedMemory borrowed ? borrowed.lender() : (TrackedMemory) memory;
  }

  @Override
  public void write(int address, byte[] data, int offset, int length) {
    checkRange(address, length);
    System.arraycopy(data, offset, bytes, address, length);
    mark(address, length);
  }

  @Override
  public byte read(int address) {
    check(address, 1);
    return bytes[address];
  }

  @Override
  public byte[] readBytes(int address, int length) {
    checkRange(address, length);
    return Arrays.copyOfRange(bytes, address, address + length);
  }

  @Override
  public void writeByte(int address, byte value) {
    check(address, 1);
    bytes[address] = value;
    written[address >>> BLOCK_BITS] = 1;
  }

  @Override
  public void writeShort(int address, short value) {
    check(address, Short.BYTES);
    SHORTS.set(bytes, address, value);
    written[address >>> BLOCK_BITS] = 1;
    written[(address + Short.BYTES - 1) >>> BLOCK_BITS] = 1;
  }

  @Override
  public void writeI32(int address, int value) {
    check(address, Integer.BYTES);
    INTS.set(bytes, address, value);
    written[address >>> BLOCK_BITS] = 1;
    written[(address + Integer.BYTES - 1) >>> BLOCK_BITS] = 1;
  }

  @Override
  public void writeLong(int address, long value) {
    check(address, Long.BYTES);
    LONGS.set(bytes, address, value);
    written[address >>> BLOCK_BITS] = 1;
    written[(address + Long.BYTES - 1) >>> BLOCK_BITS] = 1;
  }

  @Override
  public short readShort(int address) {
    check(address, Short.BYTES);
    return (short) SHORTS.get(bytes, address);
  }

  @Override
  public long readU16(int address) {
    return readShort(address) & 0xffffL;
  }

  @Override
  public int readInt(int address) {
    check(address, Integer.BYTES);
    return (int) INTS.get(bytes, address);
  }

  @Override
  public long readLong(int address) {
    check(address, Long.BYTES);
    return (long) LONGS.get(bytes, address);
  }

  @Override
  public void writeF32(int address, float value) {
    writeI32(address, Float.floatToRawIntBits(value));
  }

  @Override
  public long readF32(int address) {
    return readInt(address) & 0xffffffffL;
  }

  @Override
  public float readFloat(int address) {
    return Float.intBitsToFloat(readInt(address));
  }

  @Override
  public void writeF64(int address, double value) {
    writeLong(address, Double.doubleToRawLongBits(value));
  }

  @Override
  public double readDouble(int address) {
    return Double.longBitsToDouble(readLong(address));
  }

  @Override
  public long readF64(int address) {
    return readLong(address);
  }

  @Override
  public void zero() {
    Arrays.fill(bytes, 0, size, (byte) 0);
    mark(0, size);
  }

  @Override
  public void fill(byte value, int from, int to) {
    if (from < 0 || to < from || to > size) {
      throw outside();
    }
    Arrays.fill(bytes, from, to, value);
    mark(from, to - from);
  }

  @Override
  public void copy(int to, int from, int length) {
    checkRange(from, length);
    checkRange(to, length);
    System.arraycopy(bytes, from, bytes, to, length);
    mark(to, length);
  }

  @Override
  public Object lock(int address) {
    throw new UnsupportedOperationException("shared memory");
  }

  @Override
  public int waitOn(int address, int expected, long timeout) {
    throw new UnsupportedOperationException("shared memory");
  }

  @Override
  public int waitOn(int address, long expected, long timeout) {
    throw new UnsupportedOperationException("shared memory");
  }

  @Override
  public int notify(int address, int maxThreads) {
    throw new UnsupportedOperationException("shared memory");
  }
}
