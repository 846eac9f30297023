// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browser.engine;

import org.myrhiza.wasm.engine.CoreMemory;
import org.myrhiza.wasm.engine.MemoryImage;
import org.teavm.jso.JSObject;

/** A {@code WebAssembly.Memory}. Reading copies: no view of guest memory leaves this class. */
final class BrowserMemory implements CoreMemory, Externs.HasHandle {
  private final JSObject memory;
  private final JSObject views;

  BrowserMemory(JSObject memory) {
    this.memory = memory;
    this.views = MemoryJs.openMemory(memory);
  }

  private record Image(JSObject kept) implements MemoryImage {}

  @Override
  public JSObject handle() {
    return memory;
  }

  @Override
  public int byteSize() {
    return MemoryJs.memorySize(views);
  }

  @Override
  public void read(int address, byte[] into, int offset, int length) {
    MemoryJs.memoryRead(views, address, into, offset, length);
  }

  @Override
  public void write(int address, byte[] from, int offset, int length) {
    MemoryJs.memoryWrite(views, address, from, offset, length);
  }

  @Override
  public int loadByte(int address) {
    return MemoryJs.load8(views, address);
  }

  @Override
  public int loadShort(int address) {
    return MemoryJs.load16(views, address);
  }

  @Override
  public int loadInt(int address) {
    return MemoryJs.load32(views, address);
  }

  @Override
  public long loadLong(int address) {
    return MemoryJs.load64(views, address);
  }

  @Override
  public void storeByte(int address, int value) {
    MemoryJs.store8(views, address, value);
  }

  @Override
  public void storeShort(int address, int value) {
    MemoryJs.store16(views, address, value);
  }

  @Override
  public void storeInt(int address, int value) {
    MemoryJs.store32(views, address, value);
  }

  @Override
  public void storeLong(int address, long value) {
    MemoryJs.store64(views, address, value);
  }

  @Override
  public MemoryImage image() {
    return new Image(MemoryJs.memoryImage(views));
  }

  @Override
  public boolean restore(MemoryImage image) {
    if (image instanceof Image(JSObject kept)) {
      return MemoryJs.memoryRestore(views, kept);
    }
    throw new IllegalArgumentException("an image of another engine");
  }
}
