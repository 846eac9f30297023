// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.component;

import org.myrhiza.wasm.binary.WasmException;

/**
 * Bounds the work on one component and hands out its numbers. Types share parts, so that a few
 * kilobytes may describe a tree of any size: every visit of a node is a step, and there are only so
 * many.
 */
public final class Work {
  private final int most;
  private int steps;
  private int numbers;

  /** Work of the usual bound. */
  public Work() {
    this(Limits.STEPS);
  }

  Work(int most) {
    this.most = most;
  }

  /** Takes a step. */
  void step(int offset) throws WasmException {
    if (++steps > most) {
      throw WasmException.refused(offset, "work on types", "more steps", "at most " + most);
    }
  }

  /** Takes a step for a value type, and one for each of its labels. */
  void visit(ValueType type, int offset) throws WasmException {
    step(offset);
    steps +=
        switch (type) {
          case ValueType.EnumOf e -> e.labels().size();
          case ValueType.FlagsOf f -> f.labels().size();
          case ValueType.VariantOf v -> v.cases().size();
          case ValueType.RecordOf r -> r.fields().size();
          default -> 0;
        };
  }

  /** Takes the steps of one walk through all types of a function, written out. */
  void walk(FunctionType type, int offset) throws WasmException {
    for (ValueType.Field p : type.params()) {
      walk(p.type(), offset);
    }
    if (type.result() != null) {
      walk(type.result(), offset);
    }
  }

  private void walk(ValueType type, int offset) throws WasmException {
    visit(type, offset);
    for (ValueType part : Parts.of(type)) {
      walk(part, offset);
    }
  }

  /** A number that nothing else has: never 0. */
  int mark() {
    return ++numbers;
  }

  /** A resource type that is none of those before. */
  ResourceType resource() {
    return new ResourceType(mark());
  }
}
