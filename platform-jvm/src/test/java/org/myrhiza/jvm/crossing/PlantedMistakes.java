// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.crossing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.myrhiza.testkit.crossing.Batch;
import org.myrhiza.testkit.crossing.BatchRun;
import org.myrhiza.testkit.crossing.Exchange;
import org.myrhiza.testkit.crossing.Observation;
import org.myrhiza.testkit.stack.TestEngine;
import org.myrhiza.wasm.component.FunctionType;
import org.myrhiza.wasm.component.Primitive;
import org.myrhiza.wasm.component.ValueType;
import org.myrhiza.wasm.value.Value;

/**
 * Subjects with one mistake each, which the comparison must find. A round trip alone finds only the
 * second: the others undo on the way out what they did on the way in, or do what it cannot see.
 */
final class PlantedMistakes {
  private PlantedMistakes() {}

  /** The subjects by name. */
  static SortedMap<String, Subject> all(TestEngine engine) {
    return new TreeMap<>(
        Map.of(
            "records laid out from their last field",
            batch -> reversed(batch, engine),
            "u8 with a sign",
            batch -> signed(batch, engine),
            "NaNs that are not canonical",
            Subject.on(FaultyEngine.noisyNans(engine)),
            "the halves of 64 bits exchanged",
            Subject.on(FaultyEngine.swappedHalves(engine))));
  }

  private static Subject.Calls reversed(Batch batch, TestEngine engine) {
    List<Exchange> exchanges = new ArrayList<>();
    for (Exchange each : batch.exchanges()) {
      List<ValueType.Field> params = new ArrayList<>();
      List<Value> arguments = new ArrayList<>();
      for (int i = 0; i < each.arguments().size(); i++) {
        ValueType.Field param = each.type().params().get(i);
        params.add(new ValueType.Field(param.name(), reversed(param.type())));
        arguments.add(reversed(param.type(), each.arguments().get(i)));
      }
      ValueType result = each.type().result();
      Value value = each.result();
      FunctionType type = new FunctionType(params, result == null ? null : reversed(result));
      exchanges.add(
          new Exchange(type, arguments, reversedOrNone(result, value), each.postReturn()));
    }
    BatchRun run = new BatchRun(new Batch(batch.seed(), batch.encoding(), exchanges), engine);
    return index -> mapped(exchanges.get(index).type(), run.run(index), PlantedMistakes::reversed);
  }

  private static @Nullable Value reversedOrNone(@Nullable ValueType type, @Nullable Value value) {
    return type == null || value == null ? null : reversed(type, value);
  }

  private static ValueType reversed(ValueType type) {
    return switch (type) {
      case ValueType.TupleOf t -> new ValueType.TupleOf(t.elements().reversed());
      case ValueType.RecordOf r -> new ValueType.RecordOf(r.fields().reversed());
      default -> type;
    };
  }

  private static Value reversed(ValueType type, Value value) {
    if (!(value instanceof Value.Group group)) {
      return value;
    }
    Value[] parts = new Value[group.size()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = group.get(parts.length - 1 - i);
    }
    return Value.Group.of(parts);
  }

  private static Subject.Calls signed(Batch batch, TestEngine engine) {
    BatchRun run = new BatchRun(batch, engine);
    return index ->
        mapped(
            batch.exchanges().get(index).type(),
            run.run(index),
            (type, value) ->
                type == Primitive.U8 && value instanceof Value.Int32(int number)
                    ? new Value.Int32((byte) number)
                    : value);
  }

  /** Changes a value that is of a type. */
  private interface Change {
    Value apply(ValueType type, Value value);
  }

  private static Observation mapped(FunctionType type, Observation seen, Change change) {
    List<Value> given = seen.arguments();
    List<Value> arguments = new ArrayList<>();
    for (int i = 0; given != null && i < given.size(); i++) {
      arguments.add(change.apply(type.params().get(i).type(), given.get(i)));
    }
    ValueType result = type.result();
    Value value = seen.result();
    @Nullable Value changed = result == null || value == null ? null : change.apply(result, value);
    return new Observation(seen.end(), arguments, changed, seen.memory());
  }
}
