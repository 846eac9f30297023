// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.stack.TestEngine;
import org.myrhiza.testkit.stack.TestStack;
import org.myrhiza.testkit.wasm.ComponentBytes;
import org.myrhiza.wasm.binary.ByteWriter;
import org.myrhiza.wasm.binary.WasmError;
import org.myrhiza.wasm.binary.WasmResult;
import org.myrhiza.wasm.component.ComponentValidator;
import org.myrhiza.wasm.core.FeatureSet;

/**
 * Mutants of real components, and components that are small as bytes and large as anything else:
 * each step from bytes to a call ends in a typed result, after bounded work, in bounded memory.
 */
public final class MutatedComponentsSuite {
  /** The first seed; {@code MutatedComponentsTest} goes on from here at night. */
  private static final long SEED = 20_261_129L;

  private static final int MUTANTS = 800;
  private static final int RUNS = 30;
  private static final int CUT_BELOW = 150;

  /** Made once per test. */
  public MutatedComponentsSuite() {}

  private static ComponentProbe probe(int runs) {
    TestEngine engine = TestStack.current().engine();
    return new ComponentProbe(engine, new Seeded(SEED), runs);
  }

  @Test
  void mutants_endInTypedResults() {
    Seeded random = new Seeded(SEED);
    ComponentMutator mutator = new ComponentMutator(random, ComponentSeeds.all());
    ComponentProbe probe = probe(RUNS);
    for (int i = 0; i < MUTANTS; i++) {
      probe.probe("mutant " + i + " of seed " + SEED, mutator.next());
    }
    assertTrue(probe.linked() > MUTANTS / 20, "linked " + probe.linked());
    assertTrue(probe.called() > 0, "called " + probe.called());
  }

  @Test
  void smallComponents_cutAnywhere_endInTypedResults() {
    ComponentProbe probe = probe(0);
    for (byte[] seed : ComponentSeeds.all()) {
      for (int size = 0; seed.length < CUT_BELOW && size < seed.length; size++) {
        probe.probe("cut to " + size, Arrays.copyOf(seed, size));
      }
    }
  }

  @Test
  void bombs_ofTypes_areBounded() {
    explode(ComponentBombs.types());
  }

  @Test
  void bombs_ofInstances_areBounded() {
    explode(ComponentBombs.instances());
  }

  @Test
  void bombs_ofModules_areBounded() {
    explode(ComponentBombs.modules());
  }

  private static void explode(List<ComponentBombs.Bomb> bombs) {
    for (ComponentBombs.Bomb each : bombs) {
      ComponentProbe probe = probe(RUNS);
      probe.probe(each.name(), each.bytes().toArray());
      int taken = each.end() == ComponentBombs.End.TAKEN ? 1 : 0;
      assertEquals(taken, probe.linked(), each.name());
    }
  }

  /** One engine takes it and another one does not: no peer may. */
  @Test
  void importWithoutNames_isRefusedInTheDeterministicSet() {
    ByteWriter module = new ByteWriter().u8s(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00);
    module.section(1, new ByteWriter().u8s(1, 0x60, 0, 0));
    module.section(2, new ByteWriter().u8s(1, 0, 0, 0, 0));
    byte[] bytes =
        new ComponentBytes().whole(ComponentBytes.CORE_MODULE, module.toByteArray()).toByteArray();
    WasmError error =
        assertInstanceOf(
                WasmResult.Failed.class,
                ComponentValidator.validate(bytes, FeatureSet.DETERMINISTIC))
            .error();
    assertInstanceOf(WasmError.Refused.class, error);
  }

  /** The number of a type is signed: what reads as unsigned names another type. */
  @Test
  void negativeTypeIndex_isMalformed() {
    ComponentBytes out = new ComponentBytes();
    for (int i = 0; i < 8_200; i++) {
      out.item(ComponentBytes.TYPE, 0x7d);
    }
    byte[] right = out.item(ComponentBytes.TYPE, 0x70, 0x80, 0xc0, 0x00).toByteArray();
    assertInstanceOf(WasmResult.Ok.class, ComponentValidator.validate(right, FeatureSet.BRIDGE));
    byte[] wrong = out.item(ComponentBytes.TYPE, 0x70, 0x80, 0x40).toByteArray();
    WasmError error =
        assertInstanceOf(
                WasmResult.Failed.class, ComponentValidator.validate(wrong, FeatureSet.BRIDGE))
            .error();
    assertInstanceOf(WasmError.Malformed.class, error);
  }
}
