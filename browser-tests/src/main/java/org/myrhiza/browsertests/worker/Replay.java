// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browsertests.worker;

import org.myrhiza.browser.keys.Sodium;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.identity.SignatureVerifier;
import org.myrhiza.kernel.Admission;
import org.myrhiza.kernel.Effect;
import org.myrhiza.kernel.Kernel;
import org.myrhiza.kernel.Ports;
import org.myrhiza.kernel.Recording;
import org.myrhiza.kernel.Replayer;
import org.myrhiza.testkit.json.Json;
import org.myrhiza.tools.worker.WorkerEngine;
import org.myrhiza.wasm.engine.ModuleHash;

/** Replays a native run on the browser's ports and compares every byte of every effect. */
final class Replay {
  private final WorkerEngine engine;
  private final Sodium sodium;
  private final SignatureVerifier verifier;

  Replay(WorkerEngine engine, Sodium sodium) {
    this.engine = engine;
    this.sodium = sodium;
    this.verifier = SignatureVerifier.screened(sodium);
  }

  /** Runs the recording and returns how it ended, as one JSON object. */
  String run(byte[] recording) {
    Recording recorded = Recording.CODEC.decode(Bytes.adopt(recording)).orThrow();
    return switch (Replayer.replay(recorded, this::kernel, this::prepare)) {
      case Replayer.Outcome.Same same ->
          "{\"inputs\":" + same.inputs() + ",\"trace\":" + Json.quote(same.trace().toHex()) + "}";
      case Replayer.Outcome.Different different ->
          "{\"step\":"
              + different.step()
              + ",\"expected\":"
              + Json.quote(different.expected())
              + ",\"seen\":"
              + Json.quote(different.seen())
              + "}";
    };
  }

  private Kernel kernel() {
    return new Kernel(new Ports(Admission.on(engine.engine(), verifier), verifier, sodium, sodium));
  }

  private void prepare(Effect effect) {
    if (effect instanceof Effect.Prepare prepare) {
      engine.prepare(new ModuleHash(prepare.moduleHash().toHex()), prepare.code().toArray());
    }
  }
}
