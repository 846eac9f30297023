// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.testkit.json.Json;
import org.myrhiza.testkit.stack.TestEngine;
import org.myrhiza.testkit.stack.TestStack;
import org.myrhiza.testkit.suite.Proves;
import org.myrhiza.testkit.vectors.VectorFiles;
import org.myrhiza.testkit.wast.WastCommand;
import org.myrhiza.testkit.wast.WastScript;
import org.myrhiza.wasm.binary.WasmException;
import org.myrhiza.wasm.core.FeatureSet;
import org.myrhiza.wasm.link.Blueprint;
import org.myrhiza.wasm.link.CallResult;
import org.myrhiza.wasm.link.Linker;
import org.myrhiza.wasm.link.Session;
import org.myrhiza.wasm.value.Value;

/** The host knows at each call which component instance makes it. */
public final class CallersSuite {
  private static final String SCRIPT = "target/wast/own/callers.wast.json";
  private static final long BUDGET = 1_000;

  /** Made once per test. */
  public CallersSuite() {}

  private static Blueprint callers() throws WasmException {
    WastScript script = WastScript.read(Json.parse(VectorFiles.built(SCRIPT)));
    WastCommand.Definition definition =
        assertInstanceOf(WastCommand.Definition.class, script.commands().getFirst());
    Bytes binary = definition.form().binary();
    if (binary == null) {
      throw new AssertionError(definition.form().parseError());
    }
    return Linker.link(binary.toArray(), FeatureSet.DETERMINISTIC).orThrow();
  }

  @Test
  @Proves("COMPONENT-7")
  void eachInstance_isKnownByItsNumber() throws WasmException {
    Blueprint blueprint = callers();
    TestEngine engine = TestStack.current().engine();
    Session session =
        Session.open(
                blueprint,
                engine.prepare(blueprint),
                engine.engine(),
                function -> (arguments, call) -> new Value.Int32(call.caller()))
            .orThrow();
    assertEquals("0", caller(session, blueprint, "outermost"));
    assertEquals("1", caller(session, blueprint, "first"));
    assertEquals("1", caller(session, blueprint, "through-second"));
    assertEquals("3", caller(session, blueprint, "third"));
    assertEquals("0", caller(session, blueprint, "outermost"));
  }

  private static String caller(Session session, Blueprint blueprint, String function) {
    var export = blueprint.export(function);
    if (export == null) {
      throw new AssertionError("no " + function + " among " + blueprint.exports());
    }
    return session.call(export, new Value[0], BUDGET)
            instanceof CallResult.Returned(Value.Int32(int number), long fuel)
        ? "" + number
        : "no number";
  }
}
