// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.component;

import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.binary.WasmException;
import org.myrhiza.wasm.component.DefinedType.ExternType;

/**
 * The names of resource types in one namespace, and what names with {@code [constructor]}, {@code
 * [method]} and {@code [static]} demand of the function under them (Explainer.md, Import and Export
 * Definitions).
 */
final class ResourceNames {
  private final TreeMap<Integer, String> byMark = new TreeMap<>();
  private final TreeSet<String> names = new TreeSet<>();

  /** Gives a resource type its name. */
  void add(int mark, String name) {
    byMark.put(mark, name);
    names.add(name);
  }

  /** Throws unless the function may have its name. */
  void check(Names.Parsed name, ExternType type, int offset) throws WasmException {
    if (!(type instanceof ExternType.Function f)) {
      throw wrong(name, offset, Shown.sort(type), "a function");
    }
    switch (name.kind()) {
      case CONSTRUCTOR -> requireNamed(constructed(name, f.type().result(), offset), name, offset);
      case METHOD -> requireNamed(self(name, f.type().params(), offset), name, offset);
      case STATIC -> {
        if (!names.contains(name.resource())) {
          throw wrong(name, offset, "no resource type of that name", "one before it");
        }
      }
      case PLAIN, INTERFACE, DEPENDENCY -> {}
    }
  }

  private static int constructed(Names.Parsed name, @Nullable ValueType result, int offset)
      throws WasmException {
    ValueType made = result instanceof ValueType.ResultOf r ? r.ok() : result;
    if (made instanceof ValueType.OwnOf own) {
      return own.mark();
    }
    throw wrong(name, offset, "another result", "an own of the resource type, also in a result");
  }

  private static int self(Names.Parsed name, List<ValueType.Field> params, int offset)
      throws WasmException {
    if (!params.isEmpty()
        && params.get(0).name().equals("self")
        && params.get(0).type() instanceof ValueType.BorrowOf borrow) {
      return borrow.mark();
    }
    throw wrong(name, offset, "other parameters", "first self, a borrow of the resource type");
  }

  private void requireNamed(int mark, Names.Parsed name, int offset) throws WasmException {
    String known = byMark.get(mark);
    if (known == null) {
      throw wrong(name, offset, "a resource type without a name here", "one that has it");
    }
    if (!known.equals(name.resource())) {
      throw wrong(name, offset, "the resource type " + known, "the one of its own name");
    }
  }

  private static WasmException wrong(Names.Parsed name, int offset, String seen, String allowed) {
    return WasmException.invalid(offset, "function of " + name.resource(), seen, allowed);
  }
}
