// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.component;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.myrhiza.testkit.stack.TestEngine;
import org.myrhiza.testkit.stack.TestStack;
import org.myrhiza.testkit.suite.Proves;
import org.myrhiza.wasm.binary.WasmError;
import org.myrhiza.wasm.binary.WasmException;
import org.myrhiza.wasm.binary.WasmResult;
import org.myrhiza.wasm.compose.Composed;
import org.myrhiza.wasm.compose.Composer;
import org.myrhiza.wasm.compose.Link;
import org.myrhiza.wasm.core.FeatureSet;
import org.myrhiza.wasm.link.Blueprint;
import org.myrhiza.wasm.link.CallResult;
import org.myrhiza.wasm.link.ExportedFunction;
import org.myrhiza.wasm.link.HostBinder;
import org.myrhiza.wasm.link.HostBody;
import org.myrhiza.wasm.link.ImportedFunction;
import org.myrhiza.wasm.link.ImportedResource;
import org.myrhiza.wasm.link.Linker;
import org.myrhiza.wasm.link.Session;
import org.myrhiza.wasm.meter.Metering;
import org.myrhiza.wasm.value.Value;

/** Components that were loaded apart and linked behave like a tree that was written by hand. */
public final class ComposingSuite {
  private static final long BUDGET = 100_000;

  /** Made once per test. */
  public ComposingSuite() {}

  /** A call, and its budget. */
  private record Call(String function, long budget, List<Integer> arguments) {
    Call(String function, long budget, Integer... arguments) {
      this(function, budget, List.of(arguments));
    }

    Value[] values() {
      Value[] out = new Value[arguments.size()];
      for (int i = 0; i < out.length; i++) {
        out[i] = new Value.Int32(arguments.get(i));
      }
      return out;
    }
  }

  private static Composed composed(FeatureSet set, List<byte[]> parts) throws WasmException {
    return compose(set, parts).orThrow();
  }

  private static WasmResult<Composed> compose(FeatureSet set, List<byte[]> parts) {
    Composer composer = new Composer(set);
    for (int i = 0; i < parts.size(); i++) {
      Optional<WasmError> refused = composer.add("part " + i, parts.get(i));
      assertEquals(Optional.empty(), refused);
    }
    return composer.compose();
  }

  /** Every call on one session, with who asked the host and how each ended. */
  private static List<String> transcript(Blueprint blueprint, List<Call> calls)
      throws WasmException {
    TestEngine engine = TestStack.current().engine();
    List<String> out = new ArrayList<>();
    Session session =
        Session.open(
                blueprint,
                engine.prepare(blueprint),
                engine.engine(),
                function ->
                    (arguments, call) -> {
                      out.add("asked by " + call.caller());
                      call.charge(10);
                      return new Value.Int32(call.caller());
                    })
            .orThrow();
    for (Call call : calls) {
      ExportedFunction function = blueprint.export(call.function());
      if (function == null) {
        throw new AssertionError("no " + call.function() + " among " + blueprint.exports());
      }
      CallResult fresh = session.call(function, call.values(), call.budget());
      out.add(call.function() + ": " + fresh);
    }
    for (Call call : calls) {
      ExportedFunction function = blueprint.export(call.function());
      if (function != null) {
        CallResult later = session.proceed(function, call.values(), call.budget());
        out.add(call.function() + " later: " + later);
        if (!(later instanceof CallResult.Returned)) {
          session.forget();
        }
      }
    }
    return out;
  }

  private static List<Call> calls() {
    List<Call> out = new ArrayList<>();
    for (String function : List.of("here", "there", "void", "trap")) {
      out.add(new Call(function, BUDGET));
    }
    for (int value = 0; value < 3; value++) {
      out.add(new Call("run", BUDGET, value));
      out.add(new Call("info", BUDGET, value));
      out.add(new Call("give", BUDGET, value));
    }
    for (int budget = 600; budget < 700; budget += 9) {
      out.add(new Call("spin", budget, 100));
    }
    out.add(new Call("deep", BUDGET, 400, 400));
    out.add(new Call("deep", BUDGET, 600, 600));
    out.add(new Call("run", BUDGET, 1));
    return out;
  }

  @Test
  @Proves("COMPONENT-11")
  void composedTree_behavesLikeTheNestedOne() throws WasmException {
    byte[] tree = Apart.tree("$Tree");
    Composed composed = composed(FeatureSet.BRIDGE, Apart.nested(tree));
    Blueprint byHand = Linker.link(tree, FeatureSet.BRIDGE).orThrow();
    Blueprint linked = Linker.link(composed.component(), FeatureSet.BRIDGE, Metering.ON).orThrow();
    assertEquals(byHand.imports(), linked.imports());
    assertEquals(byHand.exports(), linked.exports());
    assertEquals(List.of(new Link(1, "demo:store/cells@1.0.0", 0)), composed.links());
    List<String> seen = transcript(linked, calls());
    assertEquals(transcript(byHand, calls()), seen);
    for (String end :
        List.of("asked by 1", "asked by 3", "OutOfFuel", "ABI", "STACK", "INSTRUCTION")) {
      assertTrue(seen.stream().anyMatch(each -> each.contains(end)), "never: " + end + seen);
    }
  }

  @Test
  @Proves("COMPONENT-11")
  void partsWithCommonImports_getThemOnce() throws WasmException {
    byte[] tree = Apart.tree("$Shared");
    Composed composed = composed(FeatureSet.BRIDGE, Apart.nested(tree));
    Blueprint byHand = Linker.link(tree, FeatureSet.BRIDGE).orThrow();
    Blueprint linked = Linker.link(composed.component(), FeatureSet.BRIDGE, Metering.ON).orThrow();
    assertEquals(byHand.imports(), linked.imports());
    assertEquals(byHand.exports(), linked.exports());
    assertEquals(List.of(new Link(1, "twice", 0), new Link(1, "new", 0)), composed.links());
    List<String> seen = walked(linked);
    assertEquals(walked(byHand), seen);
    assertTrue(seen.contains("dropped 77"), seen.toString());
  }

  private static List<String> walked(Blueprint blueprint) throws WasmException {
    TestEngine engine = TestStack.current().engine();
    int thing = blueprint.resource(new ImportedResource("demo:host/types", "thing"));
    MovingHost host = new MovingHost(thing);
    Session session =
        Session.open(blueprint, engine.prepare(blueprint), engine.engine(), host).orThrow();
    ExportedFunction walk = Objects.requireNonNull(blueprint.export("walk"));
    ExportedFunction look = Objects.requireNonNull(blueprint.export("look"));
    Value[] at = {Value.Group.of(new Value.Int32(5), new Value.Int32(3))};
    host.notes.add("walk: " + session.call(walk, at, BUDGET));
    host.notes.add("look: " + session.call(look, new Value[0], BUDGET));
    return host.notes;
  }

  /** Moves points, has things, and notes everything. */
  private static final class MovingHost implements HostBinder {
    private static final int THING = 77;
    final List<String> notes = new ArrayList<>();
    private final int resource;

    MovingHost(int resource) {
      this.resource = resource;
    }

    @Override
    public HostBody bind(ImportedFunction function) {
      return (arguments, call) -> {
        notes.add(function.name() + " of " + call.caller() + ": " + List.of(arguments));
        return switch (function.name()) {
          case "left", "right" -> arguments[0];
          case "new" -> new Value.Handle(resource, THING, 0);
          case "see" -> new Value.Int32(9);
          default -> null;
        };
      };
    }

    @Override
    public IntConsumer destructor(ImportedResource resource) {
      return representation -> notes.add("dropped " + representation);
    }
  }

  @Test
  @Proves("COMPONENT-11")
  void partsThatDoNotFit_areNamed() throws WasmException {
    List<byte[]> all = Apart.nested(Apart.tree("$Unfit"));
    List<byte[]> given = all.subList(0, 3);
    expectUnlinkable(given, all.get(3), "f", "another function type");
    expectUnlinkable(given, all.get(4), "make-other", "another function type");
    expectUnlinkable(given, all.get(5), "f", "a function");
    expectUnlinkable(given, all.get(6), "host", "a resource type that another component defines");
    List<byte[]> fitting = new ArrayList<>(given);
    fitting.add(all.get(7));
    assertEquals(5, composed(FeatureSet.BRIDGE, fitting).links().size());
    fitting.add(1, all.get(0));
    expect(
        new WasmError.Unlinkable(
            "part 4", "f", "exports of other components", "part 0 and part 1", "one that has it"),
        compose(FeatureSet.BRIDGE, fitting));
  }

  private static void expectUnlinkable(List<byte[]> given, byte[] last, String name, String seen) {
    List<byte[]> parts = new ArrayList<>(given);
    parts.add(last);
    WasmResult<Composed> result = compose(FeatureSet.BRIDGE, parts);
    if (result instanceof WasmResult.Failed<Composed>(WasmError.Unlinkable error)) {
      assertEquals(
          "part 3 " + name + " " + seen, error.module() + " " + error.name() + " " + error.seen());
    } else {
      throw new AssertionError("seen " + result + ", expected " + name + ": " + seen);
    }
  }

  private static void expect(WasmError error, WasmResult<Composed> seen) {
    assertEquals(new WasmResult.Failed<Composed>(error), seen);
  }

  @Test
  void deterministicSet_refusesResourcesOfParts() throws WasmException {
    List<byte[]> parts = Apart.nested(Apart.tree("$Unfit")).subList(0, 2);
    Composed composed = composed(FeatureSet.DETERMINISTIC, parts);
    WasmResult<Blueprint> linked =
        Linker.link(composed.component(), FeatureSet.DETERMINISTIC, Metering.ON);
    if (!(linked instanceof WasmResult.Failed<Blueprint>(WasmError.Refused refused))) {
      throw new AssertionError("seen " + linked);
    }
    assertTrue(refused.message().contains("resource"), refused.message());
  }

  @Test
  @Proves("COMPONENT-11")
  void callers_areKnownByTheirPart() throws WasmException {
    Composed composed = composed(FeatureSet.BRIDGE, Apart.nested(Apart.tree("$Tree")));
    Blueprint linked = Linker.link(composed.component(), FeatureSet.BRIDGE, Metering.ON).orThrow();
    assertEquals(Blueprint.OUTERMOST, linked.branch(0));
    assertEquals(0, linked.branch(1));
    assertEquals(0, linked.branch(2));
    assertEquals(1, linked.branch(3));
  }

  @Test
  @Proves("COMPONENT-11")
  void composing_isAFunctionOfTheParts() throws WasmException {
    List<byte[]> parts = Apart.nested(Apart.tree("$Tree"));
    assertArrayEquals(
        composed(FeatureSet.BRIDGE, parts).bytes(), composed(FeatureSet.BRIDGE, parts).bytes());
    assertInstanceOf(WasmResult.Failed.class, compose(FeatureSet.BRIDGE, List.of()));
    byte[] broken = parts.getFirst().clone();
    broken[0]++;
    assertInstanceOf(
        WasmError.Malformed.class,
        new Composer(FeatureSet.BRIDGE).add("broken", broken).orElseThrow());
  }
}
