// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.myrhiza.testkit.stack.TestEngine;
import org.myrhiza.testkit.stack.TestStack;
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
  private record Call(String function, long budget, int... arguments) {
    Value[] values() {
      Value[] out = new Value[arguments.length];
      for (int i = 0; i < out.length; i++) {
        out[i] = new Value.Int32(arguments[i]);
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
  void composedTree_behavesLikeTheNestedOne() throws WasmException {
    byte[] tree = Apart.tree("$Tree");
    Composed composed = composed(FeatureSet.BRIDGE, Apart.nested(tree));
    Blueprint byHand = Linker.link(tree, FeatureSet.BRIDGE).orThrow();
    Blueprint linked =
        Linker.link(composed.component(), FeatureSet.BRIDGE, Metering.ON).orThrow();
    assertEquals(byHand.imports(), linked.imports());
    assertEquals(byHand.exports(), linked.exports());
    assertEquals(List.of(new Link(1, "demo:store/cells@1.0.0", 0)), composed.links());
    List<String> seen = transcript(linked, calls());
    assertEquals(transcript(byHand, calls()), seen);
    for (String end : List.of("asked by 1", "asked by 3", "OutOfFuel", "ABI", "STACK", "INSTRUCTION")) {
      assertTrue(seen.stream().anyMatch(each -> each.contains(end)), "never: " + end + seen);
    }
  }
}
