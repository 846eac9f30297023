// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.compose;

import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.myrhiza.wasm.binary.WasmException;
import org.myrhiza.wasm.component.DefinedType;
import org.myrhiza.wasm.component.DefinedType.ExternType;
import org.myrhiza.wasm.component.FunctionType;
import org.myrhiza.wasm.component.ValueType;

/**
 * The numbers that a type refers to: of resource types, and the marks under which named types are
 * known. Both come from one counter, so that no two things share one.
 */
final class References {
  private final Steps steps;
  private final TreeSet<Integer> found = new TreeSet<>();

  private References(Steps steps) {
    this.steps = steps;
  }

  /** Everything that the type refers to. */
  static SortedSet<Integer> of(ExternType type, Steps steps) throws WasmException {
    References references = new References(steps);
    references.extern(type);
    return references.found;
  }

  private void extern(ExternType type) throws WasmException {
    steps.take();
    switch (type) {
      case ExternType.Function f -> function(f.type());
      case ExternType.Type t -> defined(t.type());
      case ExternType.Instance i -> externs(i.type().exports());
      case ExternType.OfComponent c -> defined(c.type());
      case ExternType.OfModule m -> {}
    }
  }

  private void externs(Map<String, ExternType> types) throws WasmException {
    for (ExternType each : types.values()) {
      extern(each);
    }
  }

  private void defined(DefinedType type) throws WasmException {
    switch (type) {
      case DefinedType.Value v -> value(v.type());
      case DefinedType.Resource r -> {
        found.add(r.type().id());
        found.add(r.mark());
      }
      case FunctionType f -> function(f);
      case DefinedType.InstanceType i -> externs(i.exports());
      case DefinedType.ComponentType c -> {
        externs(c.imports());
        externs(c.exports());
      }
    }
  }

  private void function(FunctionType type) throws WasmException {
    for (ValueType.Field p : type.params()) {
      value(p.type());
    }
    if (type.result() != null) {
      value(type.result());
    }
  }

  private void value(ValueType type) throws WasmException {
    steps.take();
    int mark = type.mark();
    if (mark != ValueType.UNMARKED) {
      found.add(mark);
    }
    if (type instanceof ValueType.OwnOf own) {
      found.add(own.resource().id());
    } else if (type instanceof ValueType.BorrowOf borrow) {
      found.add(borrow.resource().id());
    }
    for (ValueType part : type.parts()) {
      value(part);
    }
  }

  /** Marks and resource types that a type gives a name to when it is imported or exported. */
  static SortedSet<Integer> named(DefinedType type) {
    TreeSet<Integer> out = new TreeSet<>();
    if (type instanceof DefinedType.Resource r) {
      out.add(r.type().id());
      out.add(r.mark());
    } else if (type instanceof DefinedType.Value v && isNamed(v.type())) {
      out.add(v.type().mark());
    }
    return out;
  }

  /** Records and the like; handles have no name of their own. */
  static boolean isNamed(ValueType type) {
    boolean handle = type instanceof ValueType.OwnOf || type instanceof ValueType.BorrowOf;
    return !handle && type.mark() != ValueType.UNMARKED;
  }

  /** What an import or export of the type gives a name to, an instance's types included. */
  static SortedSet<Integer> named(ExternType type) {
    TreeSet<Integer> out = new TreeSet<>();
    if (type instanceof ExternType.Type t) {
      out.addAll(named(t.type()));
    } else if (type instanceof ExternType.Instance i) {
      for (ExternType each : i.type().exports().values()) {
        out.addAll(named(each));
      }
    }
    return out;
  }
}
