// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.tools.worker;

import java.util.Optional;
import org.myrhiza.browser.engine.BrowserEngine;
import org.myrhiza.browser.js.JsBytes;
import org.myrhiza.browser.js.ThreadJs;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.testkit.json.Json;
import org.myrhiza.testkit.wast.BridgeHost;
import org.myrhiza.testkit.wast.WastFeatures;
import org.myrhiza.testkit.wast.WastRunner;
import org.myrhiza.testkit.wast.WastScript;
import org.myrhiza.tools.run.ComponentRun;
import org.myrhiza.tools.run.Readiness;
import org.myrhiza.tools.wire.ReportText;
import org.myrhiza.tools.wire.RunText;
import org.teavm.jso.typedarrays.Int8Array;

/**
 * The worker's entry point. It takes messages of type {@code run}, a call with its component as
 * bytes, and {@code wast}, a script; each is answered by one message of type {@code answer}. The
 * first message it sends is of type {@code listening}, or {@code lack} where no guest may run.
 */
public final class ToolWorker {
  private final WorkerEngine engine = new WorkerEngine(new BrowserEngine());
  private final BridgeHost host = BridgeHost.unmetered(engine);

  private ToolWorker() {}

  /**
   * Starts listening to the page.
   *
   * @param args unused
   */
  public static void main(String[] args) {
    ToolWorker worker = new ToolWorker();
    ThreadJs.onMessage(
        (type, token, text, bytes) -> post("answer", worker.answer(type, text, bytes)));
    Optional<String> lack = Readiness.lack(worker.engine);
    if (lack.isPresent()) {
      post("lack", lack.get());
    } else {
      post("listening", "");
    }
  }

  private String answer(String type, String text, Int8Array bytes) {
    return switch (type) {
      case "run" -> {
        Bytes component = JsBytes.adopt(bytes);
        yield RunText.of(ComponentRun.run(RunText.job(text, component), engine));
      }
      case "wast" -> {
        WastScript script = WastScript.read(Json.parse(text));
        yield ReportText.of(WastRunner.run(script, host, WastFeatures.all()));
      }
      default -> throw new IllegalArgumentException("no job: " + type);
    };
  }

  private static void post(String type, String text) {
    ThreadJs.post(type, 0, text, new Int8Array(0));
  }
}
