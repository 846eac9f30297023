// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.wasm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.hash.Blake3;
import org.myrhiza.testkit.json.Json;
import org.myrhiza.testkit.json.JsonValue;
import org.myrhiza.testkit.suite.Proves;
import org.myrhiza.testkit.vectors.VectorFiles;
import org.myrhiza.testkit.wasm.Programs;
import org.myrhiza.wasm.core.FeatureSet;
import org.myrhiza.wasm.core.Instructions;
import org.myrhiza.wasm.meter.Accounts;
import org.myrhiza.wasm.meter.FuelTable;
import org.myrhiza.wasm.meter.Meter;
import org.myrhiza.wasm.meter.Rewritten;

/** The rewritten bytes and the table are what {@code docs/spec/metering.md} pins. */
public final class MeteringVectorsSuite {
  /** Made once per test. */
  public MeteringVectorsSuite() {}

  private static List<JsonValue> modules() {
    return Json.parse(VectorFiles.spec("metering/rewritten.json")).at("modules").items();
  }

  @Test
  @Proves({"METERING-5", "METERING-6"})
  void rewriting_eachVector_givesThePinnedBytes() {
    for (JsonValue vector : modules()) {
      String name = vector.at("name").text();
      byte[] module = vector.at("module").hex();
      assertEquals(vector.at("moduleHash").text(), hash(module), name);
      Rewritten metered = Expect.rewritten(module, FeatureSet.DETERMINISTIC);
      assertArrayEquals(vector.at("rewritten").hex(), metered.bytes(), name);
      assertEquals(vector.at("rewrittenHash").text(), hash(metered.bytes()), name);
    }
  }

  @Test
  void vectors_coverAllPrograms() {
    Map<String, byte[]> programs = Programs.all();
    List<JsonValue> vectors = modules();
    assertEquals(programs.size(), vectors.size());
    for (JsonValue vector : vectors) {
      byte[] program = programs.get(vector.at("name").text());
      assertArrayEquals(vector.at("module").hex(), program, vector.at("name").text());
    }
  }

  @Test
  void rewriting_twice_givesTheSameBytes() {
    for (byte[] program : Programs.all().values()) {
      assertArrayEquals(
          Expect.rewritten(program, FeatureSet.DETERMINISTIC).bytes(),
          Expect.rewritten(program, FeatureSet.INTERACTIVE).bytes());
    }
  }

  @Test
  void rewrittenModule_isValidAndCannotBeRewrittenAgain() {
    for (byte[] program : Programs.all().values()) {
      byte[] once = Expect.rewritten(program, FeatureSet.DETERMINISTIC).bytes();
      var decoded = org.myrhiza.wasm.core.CoreModules.decode(once, FeatureSet.BRIDGE);
      assertEquals(
          org.myrhiza.wasm.binary.WasmResult.Ok.class, decoded.getClass(), decoded.toString());
      assertEquals(
          org.myrhiza.wasm.binary.WasmResult.Failed.class,
          Meter.rewrite(once, FeatureSet.BRIDGE).getClass());
    }
  }

  @Test
  @Proves("METERING-4")
  void prices_areThoseOfTheTable() {
    JsonValue prices = Json.parse(VectorFiles.spec("metering/prices.json")).at("prices");
    int known = 0;
    for (int code = 0; code < Instructions.CODES; code++) {
      if (FuelTable.isPriced(code)) {
        String key = Integer.toString(code, 16);
        assertEquals(prices.at(key).number(), FuelTable.of(code), Instructions.name(code));
        known++;
      }
    }
    assertEquals(known, prices.object().members().size());
  }

  @Test
  @Proves("METERING-3")
  void accounts_tellTheEndsApart() {
    int empty = Accounts.STACK_EMPTY;
    assertEquals(Accounts.End.TRAP, Accounts.classify(0, empty));
    assertEquals(Accounts.End.OUT_OF_FUEL, Accounts.classify(-1, empty));
    assertEquals(Accounts.End.NO_MEMORY, Accounts.classify(Long.MIN_VALUE, empty));
    assertEquals(Accounts.End.TRAP, Accounts.classify(5, empty + 16_384));
    assertEquals(Accounts.End.OUT_OF_STACK, Accounts.classify(5, empty + 16_385));
    assertEquals(Accounts.End.TRAP, Accounts.classify(5, empty + (1_024 << 16)));
    assertEquals(Accounts.End.OUT_OF_STACK, Accounts.classify(-5, empty + (1_025 << 16)));
    assertEquals(16_384, Accounts.slotsUsed(empty + 16_384));
    assertEquals(3, Accounts.framesUsed(empty + (3 << 16) + 16_384));
  }

  private static String hash(byte[] bytes) {
    return Blake3.hash(Bytes.copyOf(bytes)).toHex();
  }
}
