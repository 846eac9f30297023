// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.engine;

/**
 * A linear memory.
 *
 * <p>Addresses and lengths are bytes. The caller has checked that every access lies inside {@link
 * #byteSize()} at this moment; what an engine does otherwise is not specified. Reading and writing
 * copy: no view of guest memory leaves this interface. Multi-byte numbers are little-endian and
 * need no alignment.
 */
public non-sealed interface CoreMemory extends CoreExtern {
  /** The current size in bytes: a multiple of 65,536, at most {@code 2^31 - 65,536}. */
  int byteSize();

  /** Copies {@code length} bytes at {@code address} into {@code into} from {@code offset}. */
  void read(int address, byte[] into, int offset, int length);

  /** Copies {@code length} bytes of {@code from}, from {@code offset}, to {@code address}. */
  void write(int address, byte[] from, int offset, int length);

  /** The byte at the address, 0 to 255. */
  int loadByte(int address);

  /** The two bytes at the address, 0 to 65,535. */
  int loadShort(int address);

  /** The four bytes at the address. */
  int loadInt(int address);

  /** The eight bytes at the address. */
  long loadLong(int address);

  /** Stores the low 8 bits. */
  void storeByte(int address, int value);

  /** Stores the low 16 bits. */
  void storeShort(int address, int value);

  /** Stores 4 bytes. */
  void storeInt(int address, int value);

  /** Stores 8 bytes. */
  void storeLong(int address, long value);

  /** Copies contents and size, to be restored later into this same memory. */
  MemoryImage image();

  /**
   * Makes the contents equal to the image's again, in place.
   *
   * @param image taken from this memory
   * @return false, with nothing changed, when the memory has grown since: then the instance must go
   */
  boolean restore(MemoryImage image);
}
