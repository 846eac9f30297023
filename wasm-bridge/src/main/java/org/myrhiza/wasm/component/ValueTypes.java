// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.component;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.binary.WasmException;

/** Resolves one value type or function type, measuring its depth and size as it goes. */
final class ValueTypes {
  /** Bytes that an element in 64-bit memory takes for an address. */
  private static final int WIDE_POINTER = 8;

  private final TypeScope scope;
  private final int offset;
  private int depth;
  private int nodes = 1;
  private boolean borrows;

  /** Where the next part of a group lies, and the greatest alignment so far. */
  private long bytes;

  private int alignment = 1;

  ValueTypes(TypeScope scope, int offset) {
    this.scope = scope;
    this.offset = offset;
  }

  DefinedType.Value resolve(TypeExpression.OfValue expression) throws WasmException {
    return switch (expression) {
      case TypeExpression.OfPrimitive p ->
          new DefinedType.Value(p.primitive(), Measure.of(p.primitive()));
      case TypeExpression.OfList l -> pointers(new ValueType.ListOf(part(l.element()).type()));
      case TypeExpression.OfMap m -> map(m);
      case TypeExpression.OfFixedList l -> fixed(l);
      case TypeExpression.OfRecord r -> grouped(new ValueType.RecordOf(fields(r), mark()));
      case TypeExpression.OfTuple t -> grouped(new ValueType.TupleOf(elements(t)));
      case TypeExpression.OfVariant v ->
          cases(new ValueType.VariantOf(cases(v), mark()), v.cases().size());
      case TypeExpression.OfEnum e ->
          cases(new ValueType.EnumOf(e.labels(), mark()), e.labels().size());
      case TypeExpression.OfFlags f -> flags(f);
      case TypeExpression.OfOption o -> cases(new ValueType.OptionOf(choice(o.element())), 2);
      case TypeExpression.OfResult r ->
          cases(new ValueType.ResultOf(maybe(r.ok()), maybe(r.error())), 2);
      case TypeExpression.OfOwn o -> {
        DefinedType.Resource r = scope.resource(o.resource(), offset);
        yield new DefinedType.Value(
            new ValueType.OwnOf(r.type(), r.mark()), Measure.leaf(Primitive.U32.size()));
      }
      case TypeExpression.OfBorrow b -> {
        DefinedType.Resource r = scope.resource(b.resource(), offset);
        borrows = true;
        yield measured(
            new ValueType.BorrowOf(r.type(), r.mark()), Primitive.U32.size(), Primitive.U32.size());
      }
    };
  }

  private int mark() {
    return scope.work().mark();
  }

  /** The type behind a reference; what it measures joins what was met so far. */
  DefinedType.Value part(TypeExpression.Reference reference) throws WasmException {
    scope.work().step(offset);
    DefinedType.Value found =
        switch (reference) {
          case TypeExpression.Direct d ->
              new DefinedType.Value(d.primitive(), Measure.of(d.primitive()));
          case TypeExpression.Indexed i -> {
            if (!(scope.type(i.index(), offset) instanceof DefinedType.Value v)) {
              throw WasmException.invalid(
                  offset, "type " + i.index(), "another type", "a value type");
            }
            yield v;
          }
        };
    depth = Math.max(depth, found.measure().depth());
    nodes += found.measure().nodes();
    borrows |= found.measure().borrows();
    checkSize();
    return found;
  }

  /** Refuses what has grown too deep or too large. */
  private void checkSize() throws WasmException {
    if (depth >= Limits.VALUE_TYPE_DEPTH) {
      throw WasmException.refused(
          offset, "nesting of a value type", "deeper", "at most " + Limits.VALUE_TYPE_DEPTH);
    }
    if (nodes > Limits.VALUE_TYPE_NODES) {
      throw WasmException.refused(
          offset, "size of a value type", "larger", "at most " + Limits.VALUE_TYPE_NODES);
    }
  }

  private DefinedType.Value measured(ValueType type, long size, int aligned) throws WasmException {
    if (size >= Limits.ELEMENT_BYTES) {
      throw WasmException.invalid(
          offset, "bytes of a value", size + " or more", "below " + Limits.ELEMENT_BYTES);
    }
    return new DefinedType.Value(type, new Measure(depth + 1, nodes, size, aligned, borrows));
  }

  private DefinedType.Value pointers(ValueType type) throws WasmException {
    return measured(type, 2 * WIDE_POINTER, WIDE_POINTER);
  }

  private DefinedType.Value map(TypeExpression.OfMap m) throws WasmException {
    ValueType key = part(m.key()).type();
    boolean allowed = key instanceof Primitive p && p != Primitive.F32 && p != Primitive.F64;
    if (!allowed) {
      throw WasmException.invalid(
          offset, "key of a map", "another type", "a boolean, an integer, a char or a string");
    }
    return pointers(new ValueType.MapOf(key, part(m.value()).type()));
  }

  private DefinedType.Value fixed(TypeExpression.OfFixedList l) throws WasmException {
    DefinedType.Value element = part(l.element());
    long length = Integer.toUnsignedLong(l.length());
    if (length == 0) {
      throw WasmException.invalid(offset, "length of a list", "0", "at least 1");
    }
    long size = length * element.measure().bytes();
    DefinedType.Value type =
        measured(
            new ValueType.FixedListOf(element.type(), l.length()),
            size,
            element.measure().alignment());
    long grown = nodes + (length - 1) * element.measure().nodes();
    if (grown > Limits.VALUE_TYPE_NODES && hasHeap(element.type())) {
      // Written out, each element is visited: bounded like any other type.
      throw WasmException.refused(
          offset, "size of a value type", "" + grown, "at most " + Limits.VALUE_TYPE_NODES);
    }
    return type;
  }

  private static boolean hasHeap(ValueType type) {
    return !(type instanceof Primitive p) || p == Primitive.STRING;
  }

  private void group(DefinedType.Value part) {
    Measure m = part.measure();
    bytes = Measure.align(bytes, m.alignment()) + m.bytes();
    alignment = Math.max(alignment, m.alignment());
  }

  private DefinedType.Value grouped(ValueType type) throws WasmException {
    return measured(type, Measure.align(bytes, alignment), alignment);
  }

  private List<ValueType.Field> fields(TypeExpression.OfRecord record) throws WasmException {
    List<ValueType.Field> out = new ArrayList<>();
    for (TypeExpression.Named n : record.fields()) {
      DefinedType.Value part = part(n.type());
      group(part);
      out.add(new ValueType.Field(n.name(), part.type()));
    }
    return out;
  }

  private List<ValueType> elements(TypeExpression.OfTuple tuple) throws WasmException {
    List<ValueType> out = new ArrayList<>();
    for (TypeExpression.Reference r : tuple.elements()) {
      DefinedType.Value part = part(r);
      group(part);
      out.add(part.type());
    }
    return out;
  }

  /** A payload: its size counts only if it is the largest. */
  private ValueType choice(TypeExpression.Reference reference) throws WasmException {
    DefinedType.Value part = part(reference);
    bytes = Math.max(bytes, part.measure().bytes());
    alignment = Math.max(alignment, part.measure().alignment());
    return part.type();
  }

  private @Nullable ValueType maybe(TypeExpression.@Nullable Reference reference)
      throws WasmException {
    return reference == null ? null : choice(reference);
  }

  private List<ValueType.Case> cases(TypeExpression.OfVariant variant) throws WasmException {
    List<ValueType.Case> out = new ArrayList<>();
    for (TypeExpression.MaybeNamed n : variant.cases()) {
      scope.work().step(offset);
      out.add(new ValueType.Case(n.name(), maybe(n.type())));
    }
    return out;
  }

  private DefinedType.Value cases(ValueType type, int count) throws WasmException {
    int discriminant = count <= 0x100 ? 1 : count <= 0x10000 ? 2 : 4;
    long payload = Measure.align(discriminant, alignment);
    int aligned = Math.max(discriminant, alignment);
    return measured(type, Measure.align(payload + bytes, aligned), aligned);
  }

  private DefinedType.Value flags(TypeExpression.OfFlags f) throws WasmException {
    int count = f.labels().size();
    int size = count <= 8 ? 1 : count <= 16 ? 2 : 4;
    return measured(new ValueType.FlagsOf(f.labels(), mark()), size, size);
  }
}
