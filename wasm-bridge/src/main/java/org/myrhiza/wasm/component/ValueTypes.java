// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.component;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.binary.WasmException;

/** Resolves one value type or function type, measuring its depth and size as it goes. */
final class ValueTypes {
  private final TypeScope scope;
  private final int offset;
  private int depth;
  private int nodes = 1;

  ValueTypes(TypeScope scope, int offset) {
    this.scope = scope;
    this.offset = offset;
  }

  DefinedType.Value resolve(TypeExpression.OfValue expression) throws WasmException {
    ValueType type =
        switch (expression) {
          case TypeExpression.OfPrimitive p -> p.primitive();
          case TypeExpression.OfList l -> new ValueType.ListOf(part(l.element()));
          case TypeExpression.OfRecord r -> new ValueType.RecordOf(fields(r.fields()));
          case TypeExpression.OfTuple t -> new ValueType.TupleOf(parts(t.elements()));
          case TypeExpression.OfVariant v -> new ValueType.VariantOf(cases(v.cases()));
          case TypeExpression.OfEnum e -> new ValueType.EnumOf(e.labels());
          case TypeExpression.OfFlags f -> new ValueType.FlagsOf(f.labels());
          case TypeExpression.OfOption o -> new ValueType.OptionOf(part(o.element()));
          case TypeExpression.OfResult r -> new ValueType.ResultOf(maybe(r.ok()), maybe(r.error()));
        };
    measure();
    return new DefinedType.Value(type, depth + 1, nodes);
  }

  ValueType part(TypeExpression.Reference reference) throws WasmException {
    return switch (reference) {
      case TypeExpression.Direct d -> {
        nodes++;
        depth = Math.max(depth, 1);
        yield d.primitive();
      }
      case TypeExpression.Indexed i -> {
        if (!(scope.type(i.index(), offset) instanceof DefinedType.Value v)) {
          throw WasmException.invalid(offset, "type " + i.index(), "another type", "a value type");
        }
        depth = Math.max(depth, v.depth());
        nodes += v.nodes();
        measure();
        yield v.type();
      }
    };
  }

  /** Refuses what has grown too deep or too large. */
  void measure() throws WasmException {
    if (depth >= Limits.VALUE_TYPE_DEPTH) {
      throw WasmException.refused(
          offset, "nesting of a value type", "deeper", "at most " + Limits.VALUE_TYPE_DEPTH);
    }
    if (nodes > Limits.VALUE_TYPE_NODES) {
      throw WasmException.refused(
          offset, "size of a value type", "larger", "at most " + Limits.VALUE_TYPE_NODES);
    }
  }

  private @Nullable ValueType maybe(TypeExpression.@Nullable Reference reference)
      throws WasmException {
    return reference == null ? null : part(reference);
  }

  private List<ValueType> parts(List<TypeExpression.Reference> references) throws WasmException {
    List<ValueType> out = new ArrayList<>();
    for (TypeExpression.Reference r : references) {
      out.add(part(r));
    }
    return out;
  }

  private List<ValueType.Field> fields(List<TypeExpression.Named> named) throws WasmException {
    List<ValueType.Field> out = new ArrayList<>();
    for (TypeExpression.Named n : named) {
      out.add(new ValueType.Field(n.name(), part(n.type())));
    }
    return out;
  }

  private List<ValueType.Case> cases(List<TypeExpression.MaybeNamed> named) throws WasmException {
    List<ValueType.Case> out = new ArrayList<>();
    for (TypeExpression.MaybeNamed n : named) {
      out.add(new ValueType.Case(n.name(), maybe(n.type())));
    }
    return out;
  }
}
