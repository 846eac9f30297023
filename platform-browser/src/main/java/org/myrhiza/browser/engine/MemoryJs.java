// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browser.engine;

import org.teavm.jso.JSBody;
import org.teavm.jso.JSBodyImport;
import org.teavm.jso.JSByRef;
import org.teavm.jso.JSObject;

/** The memory functions of {@code memory.js}, one to one. */
final class MemoryJs {
  private MemoryJs() {}

  @JSBody(
      params = "object",
      script = "return memory.openMemory(object);",
      imports = @JSBodyImport(alias = "memory", fromModule = "./memory.js"))
  static native JSObject openMemory(JSObject object);

  @JSBody(
      params = "handle",
      script = "return memory.memorySize(handle);",
      imports = @JSBodyImport(alias = "memory", fromModule = "./memory.js"))
  static native int memorySize(JSObject handle);

  @JSBody(
      params = {"handle", "address", "into", "offset", "length"},
      script = "memory.memoryRead(handle, address, into, offset, length);",
      imports = @JSBodyImport(alias = "memory", fromModule = "./memory.js"))
  static native void memoryRead(
      JSObject handle, int address, @JSByRef byte[] into, int offset, int length);

  @JSBody(
      params = {"handle", "address", "from", "offset", "length"},
      script = "memory.memoryWrite(handle, address, from, offset, length);",
      imports = @JSBodyImport(alias = "memory", fromModule = "./memory.js"))
  static native void memoryWrite(
      JSObject handle, int address, @JSByRef byte[] from, int offset, int length);

  @JSBody(
      params = {"handle", "address"},
      script = "return memory.load8(handle, address);",
      imports = @JSBodyImport(alias = "memory", fromModule = "./memory.js"))
  static native int load8(JSObject handle, int address);

  @JSBody(
      params = {"handle", "address"},
      script = "return memory.load16(handle, address);",
      imports = @JSBodyImport(alias = "memory", fromModule = "./memory.js"))
  static native int load16(JSObject handle, int address);

  @JSBody(
      params = {"handle", "address"},
      script = "return memory.load32(handle, address);",
      imports = @JSBodyImport(alias = "memory", fromModule = "./memory.js"))
  static native int load32(JSObject handle, int address);

  @JSBody(
      params = {"handle", "address"},
      script = "return memory.load64(handle, address);",
      imports = @JSBodyImport(alias = "memory", fromModule = "./memory.js"))
  static native long load64(JSObject handle, int address);

  @JSBody(
      params = {"handle", "address", "value"},
      script = "memory.store8(handle, address, value);",
      imports = @JSBodyImport(alias = "memory", fromModule = "./memory.js"))
  static native void store8(JSObject handle, int address, int value);

  @JSBody(
      params = {"handle", "address", "value"},
      script = "memory.store16(handle, address, value);",
      imports = @JSBodyImport(alias = "memory", fromModule = "./memory.js"))
  static native void store16(JSObject handle, int address, int value);

  @JSBody(
      params = {"handle", "address", "value"},
      script = "memory.store32(handle, address, value);",
      imports = @JSBodyImport(alias = "memory", fromModule = "./memory.js"))
  static native void store32(JSObject handle, int address, int value);

  @JSBody(
      params = {"handle", "address", "value"},
      script = "memory.store64(handle, address, value);",
      imports = @JSBodyImport(alias = "memory", fromModule = "./memory.js"))
  static native void store64(JSObject handle, int address, long value);

  @JSBody(
      params = "handle",
      script = "return memory.memoryImage(handle);",
      imports = @JSBodyImport(alias = "memory", fromModule = "./memory.js"))
  static native JSObject memoryImage(JSObject handle);

  @JSBody(
      params = {"handle", "image"},
      script = "return memory.memoryRestore(handle, image);",
      imports = @JSBodyImport(alias = "memory", fromModule = "./memory.js"))
  static native boolean memoryRestore(JSObject handle, JSObject image);
}
