// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.core;

import java.util.ArrayList;
import java.util.List;
import org.myrhiza.wasm.binary.ByteReader;
import org.myrhiza.wasm.binary.WasmException;

/** Reads types (core specification, section 5.3). */
final class TypeReader {
  private static final int SHARED = 0x02;
  private static final int WIDE_INDEX = 0x04;
  private static final int PAGE_SIZE = 0x08;

  private TypeReader() {}

  static ValueType value(ByteReader in) throws WasmException {
    int at = in.offset();
    int code = in.u8("value type");
    for (ValueType type : ValueType.values()) {
      if (type.code() == code) {
        return type;
      }
    }
    throw switch (code) {
      case 0x7B -> CoreFeature.SIMD.at(at);
      case 0x63, 0x64 -> CoreFeature.TYPED_FUNCTION_REFERENCES.at(at);
      case 0x69, 0x74 -> CoreFeature.EXCEPTION_REFERENCES.at(at);
      case 0x6A, 0x6B, 0x6C, 0x6D, 0x6E, 0x71, 0x72, 0x73, 0x77, 0x78 -> CoreFeature.GC.at(at);
      default ->
          WasmException.malformed(
              at, "value type", "0x" + Integer.toHexString(code), "a number or reference type");
    };
  }

  /** A value type as of a local, parameter, result or global: the set may exclude some. */
  static ValueType operand(ByteReader in, FeatureSet set) throws WasmException {
    int at = in.offset();
    ValueType type = value(in);
    if (type.isFloat() && !set.allowsFloats()) {
      throw WasmException.refused(at, "floats", "type " + type.text(), Policy.allowed(set));
    }
    if (type.isReference() && !set.allowsUnimagedState()) {
      throw WasmException.refused(at, "reference values", type.text(), Policy.allowed(set));
    }
    return type;
  }

  static ValueType reference(ByteReader in) throws WasmException {
    int at = in.offset();
    ValueType type = value(in);
    if (!type.isReference()) {
      throw WasmException.malformed(at, "reference type", type.text(), "funcref or externref");
    }
    return type;
  }

  static FunctionType function(ByteReader in, FeatureSet set) throws WasmException {
    int at = in.offset();
    int form = in.u8("type");
    if (form != 0x60) {
      boolean composite = form >= 0x4D && form <= 0x5F;
      throw composite
          ? CoreFeature.GC.at(at)
          : WasmException.malformed(at, "type", "0x" + Integer.toHexString(form), "0x60");
    }
    Limits limits = Limits.of(set);
    List<ValueType> params = operands(in, "parameters", limits.params(), set);
    return new FunctionType(params, operands(in, "results", limits.results(), set));
  }

  private static List<ValueType> operands(ByteReader in, String what, int max, FeatureSet set)
      throws WasmException {
    int count = in.count(what, max);
    List<ValueType> types = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      types.add(operand(in, set));
    }
    return types;
  }

  static ExternType.Table table(ByteReader in, FeatureSet set) throws WasmException {
    int at = in.offset();
    if (in.peek("table type") == 0x40) {
      throw CoreFeature.TYPED_FUNCTION_REFERENCES.at(at);
    }
    ValueType element = reference(in);
    if (element == ValueType.EXTERNREF && !set.allowsUnimagedState()) {
      throw WasmException.refused(at, "reference values", "externref", Policy.allowed(set));
    }
    int extentAt = in.offset();
    Extent extent = extent(in);
    int most = Limits.of(set).tableElements();
    if (extent.min() > most) {
      throw WasmException.refused(
          extentAt, "elements of a table", Long.toString(extent.min()), "at most " + most);
    }
    checkOrder(extent, extentAt);
    return new ExternType.Table(element, extent);
  }

  static ExternType.Memory memory(ByteReader in, FeatureSet set) throws WasmException {
    int at = in.offset();
    Extent extent = extent(in);
    long most = Math.max(extent.min(), extent.max());
    if (most > Limits.ADDRESSABLE_PAGES) {
      throw WasmException.invalid(
          at, "pages of a memory", Long.toString(most), "at most " + Limits.ADDRESSABLE_PAGES);
    }
    checkOrder(extent, at);
    if (set != FeatureSet.BRIDGE && !extent.hasMax()) {
      throw WasmException.refused(at, "memory without a maximum", "none", "a declared maximum");
    }
    int allowed = Limits.of(set).memoryPages();
    if (most > allowed) {
      throw WasmException.refused(
          at, "pages of a memory", Long.toString(most), "at most " + allowed);
    }
    return new ExternType.Memory(extent);
  }

  static ExternType.Global global(ByteReader in, FeatureSet set) throws WasmException {
    ValueType type = operand(in, set);
    int at = in.offset();
    int mutability = in.u8("mutability");
    if (mutability > 1) {
      if (mutability <= 3) {
        throw CoreFeature.THREADS.at(at);
      }
      throw WasmException.malformed(at, "mutability", Integer.toString(mutability), "0 or 1");
    }
    return new ExternType.Global(type, mutability == 1);
  }

  private static Extent extent(ByteReader in) throws WasmException {
    int at = in.offset();
    int flags = in.u8("limits");
    if (flags >= 2 * PAGE_SIZE) {
      throw WasmException.malformed(at, "limits", "flags " + flags, "0 or 1");
    }
    if ((flags & PAGE_SIZE) != 0) {
      throw CoreFeature.CUSTOM_PAGE_SIZES.at(at);
    }
    if ((flags & WIDE_INDEX) != 0) {
      throw CoreFeature.MEMORY64.at(at);
    }
    if ((flags & SHARED) != 0) {
      throw CoreFeature.THREADS.at(at);
    }
    long min = Integer.toUnsignedLong(in.u32("minimum"));
    long max = flags == 1 ? Integer.toUnsignedLong(in.u32("maximum")) : Extent.NONE;
    return new Extent(min, max);
  }

  private static void checkOrder(Extent extent, int at) throws WasmException {
    if (extent.hasMax() && extent.min() > extent.max()) {
      throw WasmException.invalid(
          at, "minimum of limits", Long.toString(extent.min()), "at most " + extent.max());
    }
  }
}
