// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.component;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.binary.WasmException;

/**
 * A type index space, filled in the order of the definitions, with the scope around it. Components,
 * instance types and component types each have one of their own.
 */
public final class TypeScope {
  private final @Nullable TypeScope outer;
  private final List<DefinedType> types = new ArrayList<>();
  private final List<DefinedType.InstanceType> instances = new ArrayList<>();

  /**
   * An empty scope.
   *
   * @param outer the scope around it, or null
   */
  public TypeScope(@Nullable TypeScope outer) {
    this.outer = outer;
  }

  /** Appends a type. */
  public void add(DefinedType type) {
    types.add(type);
  }

  /**
   * The type at an index.
   *
   * @param index the index, from bytes
   * @param offset where it is used
   */
  public DefinedType type(int index, int offset) throws WasmException {
    if (index < 0 || index >= types.size()) {
      throw WasmException.invalid(offset, "type index", "" + index, "below " + types.size());
    }
    return types.get(index);
  }

  /**
   * The type at an index of a scope further out.
   *
   * @param count how many scopes out; 0 is this one
   * @param index the index there
   * @param offset where it is used
   */
  public DefinedType outer(int count, int index, int offset) throws WasmException {
    TypeScope scope = this;
    for (int i = 0; i < count; i++) {
      scope = scope.outer;
      if (scope == null) {
        throw WasmException.invalid(offset, "outer alias", count + " scopes out", "fewer");
      }
    }
    return scope.type(index, offset);
  }

  /** The function type at an index. */
  public FunctionType function(int index, int offset) throws WasmException {
    if (type(index, offset) instanceof FunctionType f) {
      return f;
    }
    throw WasmException.invalid(offset, "type " + index, "another type", "a function type");
  }

  /** What an import or export is declared to be. */
  public DefinedType.ExternType extern(Definition.Extern declared, int offset)
      throws WasmException {
    return switch (declared) {
      case Definition.Extern.Func f ->
          new DefinedType.ExternType.Function(function(f.type(), offset));
      case Definition.Extern.TypeEqual t -> new DefinedType.ExternType.Type(type(t.type(), offset));
      case Definition.Extern.OfInstance i -> {
        if (type(i.type(), offset) instanceof DefinedType.InstanceType t) {
          yield new DefinedType.ExternType.Instance(t);
        }
        throw WasmException.invalid(offset, "type " + i.type(), "another type", "an instance type");
      }
      case Definition.Extern.OfComponent c -> {
        if (type(c.type(), offset) instanceof DefinedType.ComponentType t) {
          yield new DefinedType.ExternType.OfComponent(t);
        }
        throw WasmException.invalid(offset, "type " + c.type(), "another type", "a component type");
      }
    };
  }

  /** Resolves a type expression. */
  public DefinedType resolve(TypeExpression expression, int offset) throws WasmException {
    return switch (expression) {
      case TypeExpression.OfValue v -> new ValueTypes(this, offset).resolve(v);
      case TypeExpression.OfFunction f -> functionType(f, offset);
      case TypeExpression.OfInstance i -> {
        TypeScope inner = new TypeScope(this);
        TreeMap<String, DefinedType.ExternType> exports = new TreeMap<>();
        inner.declare(i.declarations(), new TreeMap<>(), exports);
        yield new DefinedType.InstanceType(exports);
      }
      case TypeExpression.OfComponent c -> {
        TypeScope inner = new TypeScope(this);
        TreeMap<String, DefinedType.ExternType> imports = new TreeMap<>();
        TreeMap<String, DefinedType.ExternType> exports = new TreeMap<>();
        inner.declare(c.declarations(), imports, exports);
        yield new DefinedType.ComponentType(imports, exports);
      }
    };
  }

  private FunctionType functionType(TypeExpression.OfFunction f, int offset) throws WasmException {
    if (f.params().size() > Limits.PARAMS) {
      throw WasmException.refused(
          offset, "parameters", f.params().size() + "", "at most " + Limits.PARAMS);
    }
    ValueTypes values = new ValueTypes(this, offset);
    List<ValueType.Field> params = new ArrayList<>();
    for (TypeExpression.Named p : f.params()) {
      params.add(new ValueType.Field(p.name(), values.part(p.type())));
    }
    ValueType result = f.result() == null ? null : values.part(f.result());
    values.measure();
    return new FunctionType(params, result);
  }

  private void declare(
      List<Definition> declarations,
      SortedMap<String, DefinedType.ExternType> imports,
      SortedMap<String, DefinedType.ExternType> exports)
      throws WasmException {
    for (Definition d : declarations) {
      switch (d) {
        case Definition.Type t -> add(resolve(t.expression(), t.offset()));
        case Definition.AliasOuter a -> {
          requireType(a.sort(), a.offset());
          add(outer(a.count(), a.index(), a.offset()));
        }
        case Definition.AliasExport a -> {
          requireType(a.sort(), a.offset());
          add(exportedType(a));
        }
        case Definition.Import i -> enter(imports, i.name(), extern(i.type(), i.offset()), i);
        case Definition.ExportDeclaration e ->
            enter(exports, e.name(), extern(e.type(), e.offset()), e);
        default -> throw WasmException.malformed(d.offset(), "declaration", "another", "a type");
      }
    }
  }

  private static void requireType(Sort sort, int offset) throws WasmException {
    if (sort != Sort.TYPE) {
      throw WasmException.invalid(offset, "alias inside a type", sort.toString(), "a type");
    }
  }

  private DefinedType exportedType(Definition.AliasExport a) throws WasmException {
    if (a.instance() >= instances.size()) {
      throw WasmException.invalid(
          a.offset(), "instance index", "" + a.instance(), "below " + instances.size());
    }
    DefinedType.ExternType found = instances.get(a.instance()).exports().get(a.name());
    if (found instanceof DefinedType.ExternType.Type t) {
      return t.type();
    }
    throw WasmException.invalid(a.offset(), "alias of " + a.name(), "no such type", "a type");
  }

  private void enter(
      SortedMap<String, DefinedType.ExternType> names,
      String name,
      DefinedType.ExternType type,
      Definition where)
      throws WasmException {
    if (names.put(name, type) != null) {
      throw WasmException.invalid(where.offset(), "name " + name, "given twice", "once");
    }
    if (type instanceof DefinedType.ExternType.Type t) {
      add(t.type());
    } else if (type instanceof DefinedType.ExternType.Instance i) {
      instances.add(i.type());
    }
  }
}
