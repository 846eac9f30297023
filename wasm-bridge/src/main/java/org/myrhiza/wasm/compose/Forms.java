// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.compose;

import org.myrhiza.wasm.binary.ByteWriter;
import org.myrhiza.wasm.component.DefinedType.ExternType;

/** Small forms of the component binary format (Binary.md). */
final class Forms {
  static final int FUNCTION = 0x01;
  static final int TYPE = 0x03;
  static final int COMPONENT = 0x04;
  static final int INSTANCE = 0x05;
  private static final int CORE = 0x00;
  private static final int CORE_MODULE = 0x11;

  private static final int OF_EXPORT = 0x00;
  private static final int OF_OUTER = 0x02;
  private static final int EQUAL = 0x00;
  private static final int SUB_RESOURCE = 0x01;

  private Forms() {}

  /** A sort, as it stands before an index. */
  static ByteWriter sort(ExternType type) {
    ByteWriter out = new ByteWriter();
    return switch (type) {
      case ExternType.Function f -> out.u8(FUNCTION);
      case ExternType.Type t -> out.u8(TYPE);
      case ExternType.Instance i -> out.u8(INSTANCE);
      case ExternType.OfComponent c -> out.u8(COMPONENT);
      case ExternType.OfModule m -> out.u8s(CORE, CORE_MODULE);
    };
  }

  /** The name of an import or export. */
  static ByteWriter named(String name) {
    return new ByteWriter().u8(0).name(name);
  }

  /** An alias of an instance's export. */
  static ByteWriter alias(int sort, int instance, String name) {
    return new ByteWriter().u8s(sort, OF_EXPORT).u32(instance).name(name);
  }

  /** An alias of an instance's export. */
  static ByteWriter alias(ExternType type, int instance, String name) {
    return sort(type).u8(OF_EXPORT).u32(instance).name(name);
  }

  /** An alias of a type one scope out. */
  static ByteWriter outerType(int index) {
    return new ByteWriter().u8s(TYPE, OF_OUTER).u32(1).u32(index);
  }

  /** A function of the type at the index. */
  static ByteWriter functionBound(int type) {
    return new ByteWriter().u8(FUNCTION).u32(type);
  }

  /** An instance of the type at the index. */
  static ByteWriter instanceBound(int type) {
    return new ByteWriter().u8(INSTANCE).u32(type);
  }

  /** The type at the index. */
  static ByteWriter equalBound(int type) {
    return new ByteWriter().u8s(TYPE, EQUAL).u32(type);
  }

  /** A resource type of its own. */
  static ByteWriter resourceBound() {
    return new ByteWriter().u8s(TYPE, SUB_RESOURCE);
  }
}
