// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.wasm;

import org.junit.jupiter.api.Assertions;
import org.myrhiza.wasm.binary.WasmError;
import org.myrhiza.wasm.binary.WasmResult;
import org.myrhiza.wasm.core.FeatureSet;
import org.myrhiza.wasm.meter.Meter;
import org.myrhiza.wasm.meter.Rewritten;

/** What becomes of a module under a set. */
final class Expect {
  private Expect() {}

  static Rewritten rewritten(byte[] module, FeatureSet set) {
    return switch (Meter.rewrite(module, set)) {
      case WasmResult.Ok<Rewritten>(Rewritten metered) -> metered;
      case WasmResult.Failed<Rewritten>(WasmError error) -> Assertions.fail(error.message());
    };
  }

  static WasmError error(byte[] module, FeatureSet set) {
    return switch (Meter.rewrite(module, set)) {
      case WasmResult.Ok<Rewritten> _ -> Assertions.fail("taken, though it should not be");
      case WasmResult.Failed<Rewritten>(WasmError error) -> error;
    };
  }

  /** Refused by the deterministic set, for this reason and thing seen, where the byte stands. */
  static void refused(byte[] module, String what, String seen, int firstByte) {
    refused(module, FeatureSet.DETERMINISTIC, what, seen, firstByte);
  }

  static void refused(byte[] module, FeatureSet set, String what, String seen, int firstByte) {
    WasmError error = error(module, set);
    if (!(error instanceof WasmError.Refused refused)) {
      Assertions.fail(error.message());
      return;
    }
    Assertions.assertEquals(what, refused.what(), error.message());
    Assertions.assertEquals(seen, refused.seen(), error.message());
    if (firstByte >= 0) {
      Assertions.assertEquals(firstByte, module[refused.offset()] & 0xFF, error.message());
    }
  }

  static void unsupported(byte[] module, String feature) {
    for (FeatureSet set : FeatureSet.values()) {
      unsupported(module, feature, set);
    }
  }

  static void unsupported(byte[] module, String feature, FeatureSet set) {
    WasmError error = error(module, set);
    if (!(error instanceof WasmError.Unsupported unsupported)) {
      Assertions.fail(error.message());
      return;
    }
    Assertions.assertEquals(feature, unsupported.feature());
    Assertions.assertTrue(unsupported.offset() >= 8 && unsupported.offset() < module.length);
  }

  static void invalid(byte[] module, String what, String seen) {
    WasmError error = error(module, FeatureSet.BRIDGE);
    if (!(error instanceof WasmError.Invalid invalid)) {
      Assertions.fail(error.message());
      return;
    }
    Assertions.assertEquals(what, invalid.what(), error.message());
    Assertions.assertEquals(seen, invalid.seen(), error.message());
  }
}
