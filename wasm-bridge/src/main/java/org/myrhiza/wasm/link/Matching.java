// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.link;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.binary.WasmException;
import org.myrhiza.wasm.component.DefinedType;
import org.myrhiza.wasm.component.FunctionType;
import org.myrhiza.wasm.core.Extent;
import org.myrhiza.wasm.core.ExternType;

/**
 * Whether what is given fits what is asked for. Component functions and types must be equal; an
 * instance may have more exports than asked for. Work is counted: types share parts.
 */
final class Matching {
  private final int offset;
  private int work;

  Matching(int offset) {
    this.offset = offset;
  }

  /** Throws unless the entity is of the type. */
  void require(String name, @Nullable Entity given, DefinedType.ExternType wanted)
      throws WasmException {
    step();
    boolean fits =
        switch (wanted) {
          case DefinedType.ExternType.Function f ->
              given instanceof Entity.Function g && g.type().equals(f.type());
          case DefinedType.ExternType.Type t ->
              given instanceof Entity.Type g && same(g.type(), t.type());
          case DefinedType.ExternType.Instance i -> {
            if (given instanceof Entity.Instance g) {
              for (Map.Entry<String, DefinedType.ExternType> e : i.type().exports().entrySet()) {
                require(name + "/" + e.getKey(), g.exports().get(e.getKey()), e.getValue());
              }
              yield true;
            }
            yield false;
          }
          case DefinedType.ExternType.OfComponent c ->
              throw WasmException.unsupported("components as arguments", offset);
        };
    if (!fits) {
      String seen = given == null ? "nothing" : Scope.sortOf(given) + " of another type";
      throw WasmException.invalid(offset, name, seen, "the declared type");
    }
  }

  private boolean same(DefinedType a, DefinedType b) throws WasmException {
    step();
    if (a instanceof DefinedType.Value x && b instanceof DefinedType.Value y) {
      return x.type().equals(y.type());
    }
    if (a instanceof FunctionType) {
      return a.equals(b);
    }
    throw WasmException.unsupported("equality of instance and component types", offset);
  }

  private void step() throws WasmException {
    if (++work > Limits.EVALUATIONS) {
      throw WasmException.refused(offset, "comparison of types", "more", "" + Limits.EVALUATIONS);
    }
  }

  /** Throws unless a core item may stand in for a core import. */
  static void requireCore(String name, ExternType given, ExternType wanted, int offset)
      throws WasmException {
    boolean fits =
        switch (wanted) {
          case ExternType.Function f -> given.equals(f);
          case ExternType.Global g -> given.equals(g);
          case ExternType.Table t ->
              given instanceof ExternType.Table g
                  && g.element() == t.element()
                  && within(g.extent(), t.extent());
          case ExternType.Memory m ->
              given instanceof ExternType.Memory g
                  && within(g.extent(), m.extent())
                  && g.extent().max() == m.extent().max();
        };
    if (!fits) {
      throw WasmException.invalid(offset, "core import " + name, "" + given, "" + wanted);
    }
  }

  private static boolean within(Extent given, Extent wanted) {
    boolean below = !wanted.hasMax() || (given.hasMax() && given.max() <= wanted.max());
    return given.min() >= wanted.min() && below;
  }
}
