// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.component;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.binary.WasmException;
import org.myrhiza.wasm.component.DefinedType.ExternType;

/**
 * The index spaces that types are resolved in: those of types, core types and instances.
 * Components, instance types and component types each have a scope of their own.
 */
public final class TypeScope {
  /** What a scope belongs to. */
  public enum Kind {
    /** A component. */
    COMPONENT,
    /** A component type. */
    COMPONENT_TYPE,
    /** An instance type. */
    INSTANCE_TYPE
  }

  private final @Nullable TypeScope outer;
  private final Kind kind;
  private final Work work;
  private final List<DefinedType> types = new ArrayList<>();
  private final List<CoreType> coreTypes = new ArrayList<>();
  private final List<DefinedType.InstanceType> instances = new ArrayList<>();

  /**
   * What an import or export is declared to be, opened.
   *
   * @param type the type
   * @param introduced the resource types that come with it
   */
  public record Declared(ExternType type, List<ResourceType> introduced) {}

  private TypeScope(@Nullable TypeScope outer, Kind kind, Work work) {
    this.outer = outer;
    this.kind = kind;
    this.work = work;
  }

  /** The scope of an outermost component. */
  public static TypeScope root(Work work) {
    return new TypeScope(null, Kind.COMPONENT, work);
  }

  /** A scope inside this one. */
  public TypeScope inside(Kind inner) {
    return new TypeScope(this, inner, work);
  }

  Work work() {
    return work;
  }

  Kind kind() {
    return kind;
  }

  /** Appends a type. */
  public void add(DefinedType type) {
    types.add(type);
  }

  /** Appends a core type. */
  public void add(CoreType type) {
    coreTypes.add(type);
  }

  void add(DefinedType.InstanceType type, int offset) throws WasmException {
    work.step(offset);
    instances.add(type);
  }

  DefinedType.InstanceType instance(int index, int offset) throws WasmException {
    return at(instances, "instance", index, offset);
  }

  /** What stands at an index, or why nothing does. */
  static <T> T at(List<T> space, String what, int index, int offset) throws WasmException {
    if (index < 0 || index >= space.size()) {
      throw WasmException.invalid(offset, what + " index", "" + index, "below " + space.size());
    }
    return space.get(index);
  }

  /**
   * The type at an index.
   *
   * @param index the index, from bytes
   * @param offset where it is used
   */
  public DefinedType type(int index, int offset) throws WasmException {
    return at(types, "type", index, offset);
  }

  /** The core type at an index. */
  public CoreType coreType(int index, int offset) throws WasmException {
    return at(coreTypes, "core type", index, offset);
  }

  /**
   * The type at an index of a scope further out. Out of a component only types pass that refer to
   * no resource type: those are its own.
   *
   * @param count how many scopes out; 0 is this one
   * @param index the index there
   * @param offset where it is used
   */
  public DefinedType outer(int count, int index, int offset) throws WasmException {
    DefinedType found = out(count, offset).type(index, offset);
    if (leavesComponent(count)) {
      FreeResources free = new FreeResources(work, offset);
      free.defined(found);
      if (!free.found().isEmpty()) {
        throw WasmException.invalid(
            offset, "outer alias", "a type that refers to resource types", "one that does not");
      }
    }
    return found;
  }

  /** The core type at an index of a scope further out. */
  public CoreType outerCore(int count, int index, int offset) throws WasmException {
    return out(count, offset).coreType(index, offset);
  }

  private TypeScope out(int count, int offset) throws WasmException {
    TypeScope scope = this;
    for (int i = 0; i < count; i++) {
      scope = scope.outer;
      if (scope == null) {
        throw WasmException.invalid(offset, "outer alias", count + " scopes out", "fewer");
      }
    }
    return scope;
  }

  private boolean leavesComponent(int count) {
    TypeScope scope = this;
    for (int i = 0; i < count && scope != null; i++) {
      if (scope.kind == Kind.COMPONENT) {
        return true;
      }
      scope = scope.outer;
    }
    return false;
  }

  /** The function type at an index. */
  public FunctionType function(int index, int offset) throws WasmException {
    if (type(index, offset) instanceof FunctionType f) {
      return f;
    }
    throw wrong(index, offset, "a function type");
  }

  /** The resource type at an index. */
  public DefinedType.Resource resource(int index, int offset) throws WasmException {
    if (type(index, offset) instanceof DefinedType.Resource r) {
      return r;
    }
    throw wrong(index, offset, "a resource type");
  }

  private static WasmException wrong(int index, int offset, String allowed) {
    return WasmException.invalid(offset, "type " + index, "another type", allowed);
  }

  /** What an import or export is declared to be; every resource type in it is a fresh one. */
  public Declared declared(Definition.Extern declared, int offset) throws WasmException {
    return switch (declared) {
      case Definition.Extern.Func f ->
          new Declared(new ExternType.Function(function(f.type(), offset)), List.of());
      case Definition.Extern.TypeEqual t -> {
        DefinedType renamed = Visibility.renamed(type(t.type(), offset), work);
        yield new Declared(new ExternType.Type(renamed), List.of());
      }
      case Definition.Extern.FreshResource r -> {
        ResourceType fresh = work.resource();
        DefinedType type = new DefinedType.Resource(fresh, work.mark());
        yield new Declared(new ExternType.Type(type), List.of(fresh));
      }
      case Definition.Extern.OfInstance i -> {
        if (!(type(i.type(), offset) instanceof DefinedType.InstanceType t)) {
          throw wrong(i.type(), offset, "an instance type");
        }
        yield opened(t, offset);
      }
      case Definition.Extern.OfComponent c -> {
        if (!(type(c.type(), offset) instanceof DefinedType.ComponentType t)) {
          throw wrong(c.type(), offset, "a component type");
        }
        yield new Declared(new ExternType.OfComponent(t), List.of());
      }
      case Definition.Extern.OfModule m -> {
        if (!(coreType(m.type(), offset) instanceof ModuleType t)) {
          throw WasmException.invalid(
              offset, "core type " + m.type(), "another type", "a module type");
        }
        yield new Declared(new ExternType.OfModule(t), List.of());
      }
    };
  }

  private Declared opened(DefinedType.InstanceType type, int offset) throws WasmException {
    Substitution renewal = new Substitution(work, offset);
    List<ResourceType> introduced = renewal.refresh(type.fresh());
    DefinedType.InstanceType opened =
        new DefinedType.InstanceType(renewal.externs(type.exports()), List.of());
    return new Declared(new ExternType.Instance(opened), introduced);
  }

  /** Resolves a type expression. */
  public DefinedType resolve(TypeExpression expression, int offset) throws WasmException {
    work.step(offset);
    return switch (expression) {
      case TypeExpression.OfValue v -> new ValueTypes(this, offset).resolve(v);
      case TypeExpression.OfFunction f -> functionType(f, offset);
      case TypeExpression.OfInstance i ->
          new Declarations(inside(Kind.INSTANCE_TYPE)).instance(i.declarations());
      case TypeExpression.OfComponent c ->
          new Declarations(inside(Kind.COMPONENT_TYPE)).component(c.declarations());
      case TypeExpression.OfResource r -> {
        if (kind != Kind.COMPONENT) {
          throw WasmException.invalid(
              offset, "resource type", "defined in a type", "only in a component");
        }
        yield new DefinedType.Resource(work.resource(), work.mark());
      }
    };
  }

  /** Resolves a core type expression. */
  public CoreType resolve(CoreTypeExpression expression, int offset) throws WasmException {
    return switch (expression) {
      case CoreTypeExpression.OfFunction f -> new CoreType.OfFunction(f.type());
      case CoreTypeExpression.OfModule m -> new ModuleDeclarations(this).module(m.declarations());
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
      params.add(new ValueType.Field(p.name(), values.part(p.type()).type()));
    }
    ValueType result = null;
    if (f.result() != null) {
      DefinedType.Value found = values.part(f.result());
      if (found.measure().borrows()) {
        throw WasmException.invalid(offset, "result of a function", "a borrow in it", "none");
      }
      result = found.type();
    }
    return new FunctionType(params, result);
  }
}
