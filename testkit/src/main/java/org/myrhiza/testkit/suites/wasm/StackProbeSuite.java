// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.hash.Blake3;
import org.myrhiza.testkit.stack.TestEngine;
import org.myrhiza.testkit.stack.TestStack;
import org.myrhiza.wasm.engine.CallOutcome;
import org.myrhiza.wasm.engine.CoreExtern;
import org.myrhiza.wasm.engine.CoreFunction;
import org.myrhiza.wasm.engine.CoreGlobal;
import org.myrhiza.wasm.engine.CoreImport;
import org.myrhiza.wasm.engine.CoreInstance;
import org.myrhiza.wasm.engine.CoreSignature;
import org.myrhiza.wasm.engine.Engine;
import org.myrhiza.wasm.engine.HostFunction;
import org.myrhiza.wasm.engine.Instantiation;
import org.myrhiza.wasm.engine.ModuleHash;
import org.myrhiza.wasm.engine.Slots;
import org.myrhiza.wasm.engine.ValueKind;
import org.myrhiza.wasm.link.StackProbe;

/** The stack that guests are promised is there on each engine, and a lack of it is told. */
public final class StackProbeSuite {
  private static final String OVERFLOW = "native stack overflow";

  private final TestEngine engine = TestStack.current().engine();
  private final List<ModuleHash> hashes = new ArrayList<>();

  /** Makes the suite; skipped where the stack has no engine. */
  public StackProbeSuite() {}

  private List<ModuleHash> prepared() {
    for (byte[] module : StackProbe.modules()) {
      ModuleHash hash = new ModuleHash(Blake3.hash(Bytes.copyOf(module)).toHex());
      engine.prepare(hash, module);
      hashes.add(hash);
    }
    return hashes;
  }

  @Test
  void platformsEngine_hasTheStackThatGuestsArePromised() {
    assertEquals(new StackProbe.Finding.Sufficient(), StackProbe.run(engine.engine(), prepared()));
  }

  @Test
  void overflowInAnyShape_isInsufficient_andTheMessageNamesItAndWhatHelps() {
    List<ModuleHash> all = prepared();
    for (ModuleHash overflowing : all) {
      StackProbe.Finding finding = StackProbe.run(new Shallow(engine.engine(), overflowing), all);
      var lack = assertInstanceOf(StackProbe.Finding.Insufficient.class, finding);
      assertEquals(OVERFLOW, lack.reason());
      String message = lack.message();
      assertTrue(message.contains(lack.shape() + " (" + OVERFLOW + ")"), message);
      assertTrue(message.contains("use another browser"), message);
    }
  }

  /** An engine whose stack ends too early in the calls of one module. */
  private record Shallow(Engine real, ModuleHash overflowing) implements Engine {
    @Override
    public String name() {
      return "shallow";
    }

    @Override
    public boolean isPrepared(ModuleHash code) {
      return real.isPrepared(code);
    }

    @Override
    public Instantiation instantiate(ModuleHash code, List<CoreImport> imports) {
      return code.equals(overflowing)
          ? new Instantiation.Instantiated(new Overflowing())
          : real.instantiate(code, imports);
    }

    @Override
    public CoreFunction hostFunction(CoreSignature signature, HostFunction body) {
      return real.hostFunction(signature, body);
    }

    @Override
    public CoreGlobal hostGlobal(ValueKind kind, long initial) {
      return real.hostGlobal(kind, initial);
    }
  }

  private record Overflowing() implements CoreInstance, CoreFunction {
    @Override
    public @Nullable CoreExtern export(String name) {
      return this;
    }

    @Override
    public CallOutcome call(Slots arguments, Slots results) {
      return new CallOutcome.Failed(OVERFLOW);
    }
  }
}
