// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bench.component;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.core.FeatureSet;
import org.myrhiza.wasm.link.CallResult;
import org.myrhiza.wasm.link.Session;
import org.myrhiza.wasm.value.Value;

/**
 * Calls of each kind of signature, through the whole bridge: on a restored image, and on what the
 * call before left.
 */
public final class ComponentCalls {
  /** The functions that are called, in the order of reports. */
  public static final List<String> FUNCTIONS = List.of("apply", "add", "take", "swap", "method");

  /** Bytes of an event. */
  public static final int EVENT_BYTES = 100;

  private static final int LIST_BYTES = 256;
  private static final String CALLS = "myrhiza:bench/calls@0.1.0#";
  private static final String TALLIES = "myrhiza:bench/tallies@0.1.0#";

  private final Platform platform;
  private final Samples samples = new Samples();
  private final Prepared calls;

  /** Links and prepares the components. */
  public ComponentCalls(Platform platform) {
    this.platform = platform;
    this.calls = Prepared.of(platform.file("calls.wasm"), FeatureSet.DETERMINISTIC, platform);
  }

  /**
   * Measures all functions.
   *
   * @param rivals gives another contender for a function, or null
   * @return nanoseconds a call as {@code apply.restored}, {@code apply.proceeding} and whatever the
   *     rival is called, units of fuel as {@code apply.fuel}; no {@code method.restored}, since
   *     nothing can be held over a restored image
   */
  public Samples run(Function<String, @Nullable Contender> rivals) {
    for (String name : FUNCTIONS.subList(0, FUNCTIONS.size() - 1)) {
      Calling restored = contender(name, Calling.Way.RESTORED);
      Calling proceeding = contender(name, Calling.Way.PROCEEDING);
      measure(name, List.of(restored, proceeding), rivals.apply(name));
      if (restored.fuel() != proceeding.fuel()) {
        throw new IllegalStateException(name + " uses another fuel on a restored image");
      }
    }
    Calling method = method();
    measure("method", List.of(method), rivals.apply("method"));
    return samples;
  }

  private void measure(String name, List<Calling> ours, @Nullable Contender rival) {
    List<Contender> all = new ArrayList<>(ours);
    if (rival != null) {
      all.add(rival);
    }
    new Rounds(platform, samples).measure(all);
    samples.put(name + ".fuel", (double) ours.getFirst().fuel());
  }

  /**
   * One way to call one function, by the name of its sample: for a profiler.
   *
   * @throws IllegalStateException if there is none of that name
   */
  public Contender contender(String sample) {
    int dot = sample.indexOf('.');
    String function = sample.substring(0, Math.max(0, dot));
    for (Calling.Way way : Calling.Way.values()) {
      if (FUNCTIONS.contains(function) && sample.equals(function + way.suffix())) {
        return function.equals("method") ? method() : contender(function, way);
      }
    }
    throw new IllegalStateException("nothing is called " + sample);
  }

  private Calling contender(String function, Calling.Way way) {
    Calling.Call call = call(function);
    return new Calling(function + way.suffix(), way, calls.session(platform), call);
  }

  private Calling.Call call(String function) {
    byte[] bytes = counting(function.equals("apply") ? EVENT_BYTES : LIST_BYTES);
    return switch (function) {
      case "apply" ->
          call(function, List.of(Value.Octets.adopt(bytes)), new Value.Int64(sum(bytes)));
      case "take" ->
          call(function, List.of(Value.Octets.adopt(bytes)), new Value.Int32(sum(bytes)));
      case "add" ->
          call(function, List.of(new Value.Int32(19), new Value.Int32(23)), new Value.Int32(42));
      default -> call(function, List.of(sample(7, 1L << 40)), sample(8, 1L << 41));
    };
  }

  private Calling.Call call(String name, List<Value> arguments, Value result) {
    return new Calling.Call(calls.export(CALLS + name), arguments, result::equals);
  }

  private static Value sample(int a, long b) {
    return Value.Group.of(
        new Value.Int32(a), new Value.Int64(b), new Value.Text("a name of some length"));
  }

  /** Adds 1 to a tally that began with 0, so that each answer is one more than the last. */
  private Calling method() {
    Prepared tallies = Prepared.of(platform.file("tallies.wasm"), FeatureSet.BRIDGE, platform);
    Session session = tallies.session(platform);
    CallResult made =
        session.proceed(
            tallies.export(TALLIES + "[constructor]tally"),
            new Value[] {new Value.Int32(0)},
            Calling.BUDGET);
    if (!(made instanceof CallResult.Returned returned) || returned.value() == null) {
      throw new IllegalStateException("the resource is not made: " + made);
    }
    int[] before = {0};
    return new Calling(
        "method" + Calling.Way.PROCEEDING.suffix(),
        Calling.Way.PROCEEDING,
        session,
        new Calling.Call(
            tallies.export(TALLIES + "[method]tally.add"),
            List.of(returned.value(), new Value.Int32(1)),
            result -> result instanceof Value.Int32(int now) && now == ++before[0]));
  }

  private static byte[] counting(int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }

  private static int sum(byte[] bytes) {
    int sum = 0;
    for (byte each : bytes) {
      sum += each & 0xff;
    }
    return sum;
  }
}
