// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.core;

import org.myrhiza.wasm.binary.ByteReader;
import org.myrhiza.wasm.binary.WasmException;

/** Reads core types outside of modules, where components declare what modules look like. */
public final class CoreTypeReader {
  private static final int TABLE = 1;
  private static final int MEMORY = 2;
  private static final int GLOBAL = 3;

  private CoreTypeReader() {}

  /** Reads a function type. */
  public static FunctionType function(ByteReader in) throws WasmException {
    return TypeReader.function(in, FeatureSet.BRIDGE);
  }

  /** Reads the type of an import or export that is no function. */
  public static ExternType extern(ByteReader in) throws WasmException {
    int at = in.offset();
    int kind = in.u8("core extern type");
    return switch (kind) {
      case TABLE -> TypeReader.table(in, FeatureSet.BRIDGE);
      case MEMORY -> TypeReader.memory(in, FeatureSet.BRIDGE);
      case GLOBAL -> TypeReader.global(in, FeatureSet.BRIDGE);
      default ->
          throw WasmException.malformed(
              at, "core extern type", "0x" + Integer.toHexString(kind), "0x0 to 0x3");
    };
  }
}
