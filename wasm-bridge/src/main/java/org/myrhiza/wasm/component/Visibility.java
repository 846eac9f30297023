// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.component;

import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.binary.WasmException;
import org.myrhiza.wasm.component.DefinedType.ExternType;

/**
 * Which marked types may be seen from outside (Explainer.md, External Visibility of Types): what an
 * import or export refers to must have got a name from an import or export before it.
 */
final class Visibility {
  private final Work work;
  private final int offset;
  private final Named named;

  /** Marks that have a name, here or in what stands behind. */
  static final class Named {
    private final TreeSet<Integer> own = new TreeSet<>();
    private final @Nullable Named behind;

    Named(@Nullable Named behind) {
      this.behind = behind;
    }

    void add(int mark) {
      own.add(mark);
    }

    boolean contains(int mark) {
      return own.contains(mark) || (behind != null && behind.contains(mark));
    }
  }

  /** {@code named}: the marks that have a name; what is shown joins them. */
  Visibility(Work work, int offset, Named named) {
    this.work = work;
    this.offset = offset;
    this.named = named;
  }

  /** Whether the import or export may be; its own types get their names in passing. */
  boolean admit(ExternType type) throws WasmException {
    work.step(offset);
    return switch (type) {
      case ExternType.Function f -> function(f.type());
      case ExternType.Type t -> admit(t.type());
      case ExternType.Instance i -> instance(i.type());
      // A component's own imports and exports were looked at when it was defined.
      case ExternType.OfComponent c -> true;
      case ExternType.OfModule m -> true;
    };
  }

  private boolean instance(DefinedType.InstanceType type) throws WasmException {
    for (ExternType each : type.exports().values()) {
      if (!admit(each)) {
        return false;
      }
    }
    return true;
  }

  private boolean admit(DefinedType type) throws WasmException {
    return switch (type) {
      case DefinedType.Resource r -> {
        named.add(r.mark());
        yield true;
      }
      case DefinedType.Value v -> {
        if (named.contains(v.type().mark())) {
          yield true;
        }
        work.visit(v.type(), offset);
        for (ValueType part : Parts.of(v.type())) {
          if (!value(part)) {
            yield false;
          }
        }
        int mark = v.type().mark();
        boolean handle =
            v.type() instanceof ValueType.OwnOf || v.type() instanceof ValueType.BorrowOf;
        if (handle) {
          yield named.contains(mark);
        }
        if (mark != ValueType.UNMARKED) {
          named.add(mark);
        }
        yield true;
      }
      case FunctionType f -> function(f);
      case DefinedType.InstanceType i -> new Visibility(work, offset, new Named(named)).instance(i);
      case DefinedType.ComponentType c -> true;
    };
  }

  private boolean function(FunctionType type) throws WasmException {
    for (ValueType.Field p : type.params()) {
      if (!value(p.type())) {
        return false;
      }
    }
    return type.result() == null || value(type.result());
  }

  private boolean value(ValueType type) throws WasmException {
    work.visit(type, offset);
    int mark = type.mark();
    if (mark != ValueType.UNMARKED) {
      // What has a name was looked at when it got it.
      return named.contains(mark);
    }
    for (ValueType part : Parts.of(type)) {
      if (!value(part)) {
        return false;
      }
    }
    return true;
  }

  /** The type under a new mark, where it carries one. */
  static DefinedType renamed(DefinedType type, Work work) {
    return switch (type) {
      case DefinedType.Resource r -> new DefinedType.Resource(r.type(), work.mark());
      case DefinedType.Value v -> new DefinedType.Value(renamed(v.type(), work), v.measure());
      case FunctionType f -> f;
      case DefinedType.InstanceType i -> i;
      case DefinedType.ComponentType c -> c;
    };
  }

  private static ValueType renamed(ValueType type, Work work) {
    return switch (type) {
      case ValueType.RecordOf r -> new ValueType.RecordOf(r.fields(), work.mark());
      case ValueType.VariantOf v -> new ValueType.VariantOf(v.cases(), work.mark());
      case ValueType.EnumOf e -> new ValueType.EnumOf(e.labels(), work.mark());
      case ValueType.FlagsOf f -> new ValueType.FlagsOf(f.labels(), work.mark());
      case Primitive p -> p;
      case ValueType.OwnOf o -> o;
      case ValueType.BorrowOf b -> b;
      case ValueType.ListOf l -> l;
      case ValueType.FixedListOf l -> l;
      case ValueType.MapOf m -> m;
      case ValueType.TupleOf t -> t;
      case ValueType.OptionOf o -> o;
      case ValueType.ResultOf r -> r;
    };
  }
}
