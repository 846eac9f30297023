// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.component;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.binary.WasmException;
import org.myrhiza.wasm.component.DefinedType.ExternType;
import org.myrhiza.wasm.core.Extent;

/**
 * Whether something of one type may be given where another one is wanted (Explainer.md, Type
 * Checking). Functions and value types must be the same; an instance may have more exports than
 * wanted; a component may want less and export more.
 *
 * <p>Resource types that the wanted side introduces are open: the first thing given for one closes
 * it, and from then on it means exactly that.
 */
final class Subtyping {
  /** A name inside another one, written out only for a message. */
  record Path(Object outer, Object inner) {
    @Override
    public String toString() {
      return outer + "/" + inner;
    }
  }

  private final Work work;
  private final int offset;
  private final Substitution closed;
  private final TreeSet<Integer> open = new TreeSet<>();

  /** {@code introduced}: the resource types that the wanted side introduces. */
  Subtyping(Work work, int offset, List<ResourceType> introduced) {
    this.work = work;
    this.offset = offset;
    this.closed = new Substitution(work, offset);
    for (ResourceType each : introduced) {
      open.add(each.id());
    }
  }

  /** What the open resource types turned out to mean. */
  Substitution closed() {
    return closed;
  }

  /** Throws unless there is something under the name and it fits. */
  void require(Object name, @Nullable ExternType given, ExternType wanted) throws WasmException {
    work.step(offset);
    if (given == null) {
      throw mismatch(name, "nothing", Shown.sort(wanted));
    }
    switch (wanted) {
      case ExternType.Function f -> {
        if (!(given instanceof ExternType.Function g)) {
          throw mismatch(name, Shown.sort(given), "a function");
        }
        requireFunction(name, g.type(), f.type());
      }
      case ExternType.Type t -> {
        if (!(given instanceof ExternType.Type g)) {
          throw mismatch(name, Shown.sort(given), "a type");
        }
        requireType(name, g.type(), t.type());
      }
      case ExternType.Instance i -> {
        if (!(given instanceof ExternType.Instance g)) {
          throw mismatch(name, Shown.sort(given), "an instance");
        }
        requireAll(name, g.type().exports(), i.type().exports());
      }
      case ExternType.OfComponent c -> {
        if (!(given instanceof ExternType.OfComponent g)) {
          throw mismatch(name, Shown.sort(given), "a component");
        }
        requireComponent(name, g.type(), closedComponent(c));
      }
      case ExternType.OfModule m -> {
        if (!(given instanceof ExternType.OfModule g)) {
          throw mismatch(name, Shown.sort(given), "a core module");
        }
        requireModule(name, g.type(), m.type());
      }
    }
  }

  private DefinedType.ComponentType closedComponent(ExternType.OfComponent wanted)
      throws WasmException {
    return ((ExternType.OfComponent) closed.extern(wanted)).type();
  }

  /** Throws unless every wanted thing is there and fits. */
  void requireAll(Object name, Map<String, ExternType> given, Map<String, ExternType> wanted)
      throws WasmException {
    for (Map.Entry<String, ExternType> each : wanted.entrySet()) {
      require(new Path(name, each.getKey()), given.get(each.getKey()), each.getValue());
    }
  }

  private void requireFunction(Object name, FunctionType given, FunctionType wanted)
      throws WasmException {
    work.step(offset);
    FunctionType meant = closed.function(wanted);
    if (!given.equals(meant)) {
      throw mismatch(name, "another function type", "the declared one");
    }
  }

  private void requireType(Object name, DefinedType given, DefinedType wanted)
      throws WasmException {
    work.step(offset);
    switch (wanted) {
      case DefinedType.Resource r -> {
        if (!(given instanceof DefinedType.Resource g)) {
          throw mismatch(name, "a type that is no resource", "a resource type");
        }
        requireResource(name, g.type(), r.type());
        closed.putMark(r.mark(), g.mark());
      }
      case DefinedType.Value v -> {
        DefinedType meant = closed.defined(v);
        if (!(given instanceof DefinedType.Value g)
            || !g.type().equals(((DefinedType.Value) meant).type())) {
          throw mismatch(name, "another type", "the declared one");
        }
        closed.putMark(v.type().mark(), g.type().mark());
      }
      case FunctionType f -> {
        if (!(given instanceof FunctionType g)) {
          throw mismatch(name, "another type", "a function type");
        }
        requireFunction(name, g, f);
      }
      case DefinedType.InstanceType i -> {
        if (!(given instanceof DefinedType.InstanceType g)) {
          throw mismatch(name, "another type", "an instance type");
        }
        DefinedType.InstanceType meant = closed.instance(i);
        below(meant.fresh()).requireAll(name, g.exports(), meant.exports());
        below(g.fresh()).requireAll(name, meant.exports(), g.exports());
      }
      case DefinedType.ComponentType c -> {
        if (!(given instanceof DefinedType.ComponentType g)) {
          throw mismatch(name, "another type", "a component type");
        }
        DefinedType.ComponentType meant = (DefinedType.ComponentType) closed.defined(c);
        requireComponent(name, g, meant);
        requireComponent(name, meant, g);
      }
    }
  }

  private void requireResource(Object name, ResourceType given, ResourceType wanted)
      throws WasmException {
    if (open.contains(wanted.id()) && !closed.has(wanted)) {
      closed.put(wanted, given);
    }
    if (closed.of(wanted) != given) {
      throw mismatch(name, "another resource type", "the same resource type");
    }
  }

  private Subtyping below(List<ResourceType> introduced) {
    return new Subtyping(work, offset, introduced);
  }

  /** The wanted type refers to nothing open any more. */
  private void requireComponent(
      Object name, DefinedType.ComponentType given, DefinedType.ComponentType wanted)
      throws WasmException {
    Subtyping imports = below(given.imported());
    imports.requireAll(name, wanted.imports(), given.imports());
    Map<String, ExternType> exports = imports.closed().externs(given.exports());
    below(wanted.fresh()).requireAll(name, exports, wanted.exports());
  }

  private void requireModule(Object name, ModuleType given, ModuleType wanted)
      throws WasmException {
    for (Map.Entry<ModuleType.Wanted, org.myrhiza.wasm.core.ExternType> each :
        given.imports().entrySet()) {
      requireCore(
          new Path(name, each.getKey()), wanted.imports().get(each.getKey()), each.getValue());
    }
    for (Map.Entry<String, org.myrhiza.wasm.core.ExternType> each : wanted.exports().entrySet()) {
      requireCore(
          new Path(name, each.getKey()), given.exports().get(each.getKey()), each.getValue());
    }
  }

  /** Throws unless a core item may stand in for a core import. */
  void requireCore(
      Object name,
      org.myrhiza.wasm.core.@Nullable ExternType given,
      org.myrhiza.wasm.core.ExternType wanted)
      throws WasmException {
    work.step(offset);
    if (given == null) {
      throw mismatch(name, "nothing", wanted.toString());
    }
    boolean fits =
        switch (wanted) {
          case org.myrhiza.wasm.core.ExternType.Function f -> given.equals(f);
          case org.myrhiza.wasm.core.ExternType.Global g -> given.equals(g);
          case org.myrhiza.wasm.core.ExternType.Tag t -> given.equals(t);
          case org.myrhiza.wasm.core.ExternType.Table t ->
              given instanceof org.myrhiza.wasm.core.ExternType.Table g
                  && g.element() == t.element()
                  && within(g.extent(), t.extent());
          case org.myrhiza.wasm.core.ExternType.Memory m ->
              given instanceof org.myrhiza.wasm.core.ExternType.Memory g
                  && within(g.extent(), m.extent());
        };
    if (!fits) {
      throw mismatch(name, given.toString(), wanted.toString());
    }
  }

  private static boolean within(Extent given, Extent wanted) {
    boolean below = !wanted.hasMax() || (given.hasMax() && given.max() <= wanted.max());
    return given.min() >= wanted.min() && below;
  }

  private WasmException mismatch(Object name, String seen, String allowed) {
    return WasmException.invalid(offset, name.toString(), seen, allowed);
  }
}
