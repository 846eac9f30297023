// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.compose;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.binary.ByteWriter;
import org.myrhiza.wasm.binary.WasmException;
import org.myrhiza.wasm.component.DefinedType;
import org.myrhiza.wasm.component.DefinedType.ExternType;
import org.myrhiza.wasm.component.FunctionType;
import org.myrhiza.wasm.component.ValueType;

/**
 * A type index space that is being written: of a component, or of an instance type in one. Types
 * that have a name where they are used are referred to by it; others are written out.
 */
final class TypeSpace {
  private static final int DECLARES_TYPE = 1;
  private static final int DECLARES_ALIAS = 2;
  private static final int DECLARES_EXPORT = 4;
  private static final int INSTANCE_TYPE = 0x42;

  private final @Nullable TypeSpace outer;
  private final Sink sink;
  private final Steps steps;
  private final TreeMap<Integer, Integer> indices = new TreeMap<>();
  private final TreeMap<Integer, Place> places = new TreeMap<>();
  private int types;

  /** Where definitions go. */
  interface Sink {
    /** A type, which takes the next index. */
    void type(ByteWriter body);

    /** An alias of a type, which takes the next index. */
    void alias(ByteWriter body);
  }

  /** A type among the exports of an instance of this space. */
  private record Place(int instance, String name) {}

  /** The declarations of an instance type. */
  private static final class Declarations implements Sink {
    final ByteWriter out = new ByteWriter();
    int count;
    int instances;

    ByteWriter next(int kind) {
      count++;
      return out.u8(kind);
    }

    @Override
    public void type(ByteWriter body) {
      next(DECLARES_TYPE).append(body);
    }

    @Override
    public void alias(ByteWriter body) {
      next(DECLARES_ALIAS).append(body);
    }
  }

  TypeSpace(@Nullable TypeSpace outer, Sink sink, Steps steps) {
    this.outer = outer;
    this.sink = sink;
    this.steps = steps;
  }

  /** Takes the next index for a type that something else than a definition made. */
  int next() {
    return types++;
  }

  /** The index that was taken last. */
  int last() {
    return types - 1;
  }

  /** Says which type the numbers of the given one mean here. */
  void name(DefinedType type, int index) {
    for (int number : References.named(type)) {
      indices.put(number, index);
    }
  }

  /** Says that the types which such an instance exports are to be had from this one. */
  void name(DefinedType.InstanceType type, int instance) {
    for (Map.Entry<String, ExternType> each : type.exports().entrySet()) {
      if (each.getValue() instanceof ExternType.Type t) {
        for (int number : References.named(t.type())) {
          places.putIfAbsent(number, new Place(instance, each.getKey()));
        }
      }
    }
  }

  private @Nullable Integer find(int number) throws WasmException {
    Integer known = indices.get(number);
    if (known != null) {
      return known;
    }
    Place place = places.get(number);
    if (place != null) {
      sink.alias(Forms.alias(Forms.TYPE, place.instance(), place.name()));
    } else {
      Integer above = outer == null ? null : outer.find(number);
      if (above == null) {
        return null;
      }
      sink.alias(Forms.outerType(above));
    }
    steps.take();
    int index = next();
    indices.put(number, index);
    return index;
  }

  private int define(ByteWriter body) throws WasmException {
    steps.take();
    sink.type(body);
    return next();
  }

  /** The index of a value type, written out where it has no name here. */
  private int index(ValueType type) throws WasmException {
    if (References.isNamed(type)) {
      Integer known = find(type.mark());
      if (known != null) {
        return known;
      }
    }
    return define(new ValueForms(this).definition(type));
  }

  /** Writes a reference to a value type. */
  void reference(ValueType type, ByteWriter out) throws WasmException {
    int code = ValueForms.primitive(type);
    if (code != ValueForms.NOT_PRIMITIVE) {
      out.u8(code);
    } else {
      out.s64(index(type));
    }
  }

  /** The index of the resource type that a handle is for. */
  int resource(int mark, int id) throws WasmException {
    Integer byMark = find(mark);
    Integer found = byMark == null ? find(id) : byMark;
    if (found == null) {
      throw steps.unnamed("a resource type that another component defines");
    }
    return found;
  }

  /** Defines a function type. */
  int function(FunctionType type) throws WasmException {
    return define(new ValueForms(this).function(type));
  }

  /** Defines the type of an instance that has all of what several are wanted to have. */
  int instance(List<DefinedType.InstanceType> wanted) throws WasmException {
    Declarations declared = new Declarations();
    TypeSpace inside = new TypeSpace(this, declared, steps);
    Map<String, List<ExternType>> all = new LinkedHashMap<>();
    for (DefinedType.InstanceType each : wanted) {
      each.exports()
          .forEach((name, type) -> all.computeIfAbsent(name, n -> new ArrayList<>()).add(type));
    }
    for (Map.Entry<String, List<ExternType>> each : all.entrySet()) {
      ByteWriter bound = inside.bound(each.getValue(), declared.instances);
      declared.next(DECLARES_EXPORT).append(Forms.named(each.getKey())).append(bound);
      if (each.getValue().getFirst() instanceof ExternType.Instance) {
        declared.instances++;
      }
    }
    ByteWriter body = new ByteWriter().u8(INSTANCE_TYPE).u32(declared.count);
    return define(body.append(declared.out));
  }

  /**
   * What an import or export is declared to be, so that it serves all that is wanted of it. A type
   * takes the next index, which the wanted ones then mean; an instance has the given number.
   */
  ByteWriter bound(List<ExternType> wanted, int instance) throws WasmException {
    return switch (wanted.getFirst()) {
      case ExternType.Function f -> Forms.functionBound(function(f.type()));
      case ExternType.Type t -> {
        ByteWriter bound = typeBound(t.type(), wanted);
        int index = next();
        for (ExternType each : wanted) {
          if (each instanceof ExternType.Type known) {
            name(known.type(), index);
          }
        }
        yield bound;
      }
      case ExternType.Instance i -> {
        List<DefinedType.InstanceType> types = new ArrayList<>();
        for (ExternType each : wanted) {
          if (each instanceof ExternType.Instance known) {
            types.add(known.type());
          }
        }
        int index = instance(types);
        types.forEach(known -> name(known, instance));
        yield Forms.instanceBound(index);
      }
      case ExternType.OfComponent c -> throw steps.unnamed("a component");
      case ExternType.OfModule m -> throw steps.unnamed("a core module");
    };
  }

  private ByteWriter typeBound(DefinedType type, List<ExternType> wanted) throws WasmException {
    return switch (type) {
      case DefinedType.Resource r -> {
        for (ExternType each : wanted) {
          if (each instanceof ExternType.Type t && t.type() instanceof DefinedType.Resource known) {
            Integer before = find(known.type().id());
            if (before != null) {
              yield Forms.equalBound(before);
            }
          }
        }
        yield Forms.resourceBound();
      }
      case DefinedType.Value v ->
          Forms.equalBound(define(new ValueForms(this).definition(v.type())));
      case FunctionType f -> Forms.equalBound(function(f));
      case DefinedType.InstanceType i -> Forms.equalBound(instance(List.of(i)));
      case DefinedType.ComponentType c -> throw steps.unnamed("a component type");
    };
  }
}
