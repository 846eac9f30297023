// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.component;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.binary.WasmException;
import org.myrhiza.wasm.component.DefinedType.ExternType;

/**
 * Puts resource types and marks in the place of others, in types of every kind: what an import
 * stands for inside a component is, outside, what was given for it.
 */
final class Substitution {
  private final Work work;
  private final int offset;
  private final Map<Integer, ResourceType> places = new HashMap<>();
  private final Map<Integer, Integer> marks = new HashMap<>();

  Substitution(Work work, int offset) {
    this.work = work;
    this.offset = offset;
  }

  /** Names what is to stand for a resource type from now on. */
  void put(ResourceType from, ResourceType to) {
    places.put(from.id(), to);
  }

  /** Says that a type of one mark is known by another one from now on. */
  void putMark(int from, int to) {
    if (from != ValueType.UNMARKED) {
      marks.put(from, to);
    }
  }

  private int mark(int mark) {
    Integer found = marks.get(mark);
    return found == null ? mark : found;
  }

  boolean has(ResourceType type) {
    return places.containsKey(type.id());
  }

  /** A fresh resource type for each of these; returns them in their order. */
  List<ResourceType> refresh(List<ResourceType> types) {
    List<ResourceType> out = new ArrayList<>();
    for (ResourceType type : types) {
      ResourceType fresh = work.resource();
      put(type, fresh);
      out.add(fresh);
    }
    return out;
  }

  ResourceType of(ResourceType type) {
    ResourceType found = places.get(type.id());
    return found == null ? type : found;
  }

  Map<String, ExternType> externs(Map<String, ExternType> types) throws WasmException {
    Map<String, ExternType> out = new LinkedHashMap<>();
    for (Map.Entry<String, ExternType> each : types.entrySet()) {
      out.put(each.getKey(), extern(each.getValue()));
    }
    return out;
  }

  ExternType extern(ExternType type) throws WasmException {
    work.step(offset);
    if (places.isEmpty() && marks.isEmpty()) {
      return type;
    }
    return switch (type) {
      case ExternType.Function f -> new ExternType.Function(function(f.type()));
      case ExternType.Type t -> new ExternType.Type(defined(t.type()));
      case ExternType.Instance i -> new ExternType.Instance(instance(i.type()));
      case ExternType.OfComponent c -> new ExternType.OfComponent(component(c.type()));
      case ExternType.OfModule m -> m;
    };
  }

  DefinedType defined(DefinedType type) throws WasmException {
    work.step(offset);
    return switch (type) {
      case DefinedType.Value v -> new DefinedType.Value(value(v.type()), v.measure());
      case DefinedType.Resource r -> new DefinedType.Resource(of(r.type()), mark(r.mark()));
      case FunctionType f -> function(f);
      case DefinedType.InstanceType i -> instance(i);
      case DefinedType.ComponentType c -> component(c);
    };
  }

  DefinedType.InstanceType instance(DefinedType.InstanceType type) throws WasmException {
    return new DefinedType.InstanceType(externs(type.exports()), type.fresh());
  }

  private DefinedType.ComponentType component(DefinedType.ComponentType type) throws WasmException {
    return new DefinedType.ComponentType(
        externs(type.imports()), externs(type.exports()), type.imported(), type.fresh());
  }

  FunctionType function(FunctionType type) throws WasmException {
    List<ValueType.Field> params = new ArrayList<>();
    for (ValueType.Field p : type.params()) {
      params.add(new ValueType.Field(p.name(), value(p.type())));
    }
    return new FunctionType(params, maybe(type.result()));
  }

  private @Nullable ValueType maybe(@Nullable ValueType type) throws WasmException {
    return type == null ? null : value(type);
  }

  private ValueType value(ValueType type) throws WasmException {
    work.visit(type, offset);
    return switch (type) {
      case Primitive p -> p;
      case ValueType.EnumOf e -> new ValueType.EnumOf(e.labels(), mark(e.mark()));
      case ValueType.FlagsOf f -> new ValueType.FlagsOf(f.labels(), mark(f.mark()));
      case ValueType.ListOf l -> new ValueType.ListOf(value(l.element()));
      case ValueType.FixedListOf l -> new ValueType.FixedListOf(value(l.element()), l.length());
      case ValueType.MapOf m -> new ValueType.MapOf(value(m.key()), value(m.value()));
      case ValueType.OptionOf o -> new ValueType.OptionOf(value(o.element()));
      case ValueType.ResultOf r -> new ValueType.ResultOf(maybe(r.ok()), maybe(r.error()));
      case ValueType.OwnOf o -> new ValueType.OwnOf(of(o.resource()), mark(o.mark()));
      case ValueType.BorrowOf b -> new ValueType.BorrowOf(of(b.resource()), mark(b.mark()));
      case ValueType.RecordOf r -> {
        List<ValueType.Field> fields = new ArrayList<>();
        for (ValueType.Field f : r.fields()) {
          fields.add(new ValueType.Field(f.name(), value(f.type())));
        }
        yield new ValueType.RecordOf(fields, mark(r.mark()));
      }
      case ValueType.TupleOf t -> {
        List<ValueType> elements = new ArrayList<>();
        for (ValueType e : t.elements()) {
          elements.add(value(e));
        }
        yield new ValueType.TupleOf(elements);
      }
      case ValueType.VariantOf v -> {
        List<ValueType.Case> cases = new ArrayList<>();
        for (ValueType.Case c : v.cases()) {
          cases.add(new ValueType.Case(c.name(), maybe(c.type())));
        }
        yield new ValueType.VariantOf(cases, mark(v.mark()));
      }
    };
  }
}
