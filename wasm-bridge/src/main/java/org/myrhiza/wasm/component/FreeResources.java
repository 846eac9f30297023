// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.component;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.myrhiza.wasm.binary.WasmException;
import org.myrhiza.wasm.component.DefinedType.ExternType;

/** Collects the resource types that a type refers to and does not bind itself. */
final class FreeResources {
  private final Work work;
  private final int offset;
  private final TreeSet<Integer> bound = new TreeSet<>();
  private final TreeSet<Integer> seen = new TreeSet<>();
  private final List<ResourceType> found = new ArrayList<>();

  FreeResources(Work work, int offset) {
    this.work = work;
    this.offset = offset;
  }

  /** What was found, in the order of first occurrence. */
  List<ResourceType> found() {
    return found;
  }

  void bind(List<ResourceType> types) {
    for (ResourceType each : types) {
      bound.add(each.id());
    }
  }

  private void meet(ResourceType type) {
    if (!bound.contains(type.id()) && seen.add(type.id())) {
      found.add(type);
    }
  }

  void externs(Map<String, ExternType> types) throws WasmException {
    for (ExternType each : types.values()) {
      extern(each);
    }
  }

  private void extern(ExternType type) throws WasmException {
    work.step(offset);
    switch (type) {
      case ExternType.Function f -> function(f.type());
      case ExternType.Type t -> defined(t.type());
      case ExternType.Instance i -> defined(i.type());
      case ExternType.OfComponent c -> defined(c.type());
      case ExternType.OfModule m -> {}
    }
  }

  void defined(DefinedType type) throws WasmException {
    work.step(offset);
    switch (type) {
      case DefinedType.Value v -> value(v.type());
      case DefinedType.Resource r -> meet(r.type());
      case FunctionType f -> function(f);
      case DefinedType.InstanceType i -> {
        bind(i.fresh());
        externs(i.exports());
      }
      case DefinedType.ComponentType c -> {
        bind(c.imported());
        bind(c.fresh());
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
    work.visit(type, offset);
    if (type instanceof ValueType.OwnOf own) {
      meet(own.resource());
    } else if (type instanceof ValueType.BorrowOf borrow) {
      meet(borrow.resource());
    }
    for (ValueType part : Parts.of(type)) {
      value(part);
    }
  }
}
