// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browser.peer;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.browser.engine.ProbedEngine;
import org.myrhiza.browser.js.JsBytes;
import org.myrhiza.browser.js.ThreadJs;
import org.myrhiza.browser.keys.BrowserKeys;
import org.myrhiza.browser.store.IndexedStore;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.kernel.Command;
import org.myrhiza.kernel.CommandCodec;
import org.myrhiza.kernel.Effect;
import org.myrhiza.kernel.EffectCodec;
import org.myrhiza.kernel.Input;
import org.myrhiza.kernel.Reply;
import org.teavm.jso.typedarrays.Int8Array;

/**
 * The worker's entry point. From the page come {@code start} (text: the origin's relay URL), {@code
 * command} (number: its token, bytes: a canonical command) and {@code consent} (number: the
 * question's token, text: yes or no); to the page go {@code ready} and {@code effect} (bytes: a
 * canonical effect).
 */
public final class WorkerMain {
  private @Nullable WebPeer peer;

  private WorkerMain() {}

  /** Starts listening to the page. */
  public static void main(String[] args) {
    WorkerMain worker = new WorkerMain();
    ThreadJs.onMessage(worker::received);
    ThreadJs.post("listening", 0, "", new Int8Array(0));
  }

  private void received(String type, int token, String text, Int8Array bytes) {
    switch (type) {
      case "start" -> start(text);
      case "command" -> command(token, bytes);
      case "consent" -> consent(token, "yes".equals(text));
      default -> throw new IllegalArgumentException("message type " + type);
    }
  }

  /** The probe has the time that the store takes to open. */
  private void start(String relay) {
    ProbedEngine engine = new ProbedEngine();
    IndexedStore.open(
        store ->
            BrowserKeys.open(
                store.database(),
                keys -> begin(new WebPeer(store, keys, engine), relay),
                WorkerMain::halt),
        WorkerMain::halt);
    engine.probe();
  }

  private void begin(WebPeer started, String relay) {
    peer = started;
    started.start(List.of(relay));
    ThreadJs.post("ready", 0, "", new Int8Array(0));
  }

  private static void halt(Reply.Failed failed) {
    ThreadJs.post(
        "effect", 0, "", JsBytes.of(EffectCodec.INSTANCE.encode(new Effect.Halted(failed))));
  }

  private void command(int token, Int8Array bytes) {
    WebPeer running = peer;
    if (running == null) {
      return;
    }
    switch (CommandCodec.INSTANCE.decode(JsBytes.adopt(bytes))) {
      case Decoded.Ok<Command>(Command command) ->
          running.submit(new Input.Commanded(WebPeer.now(), token, command));
      case Decoded.Bad<Command> bad ->
          throw new IllegalArgumentException(bad.malformed().message());
    }
  }

  private void consent(int token, boolean granted) {
    WebPeer running = peer;
    if (running != null) {
      running.submit(new Input.Consented(WebPeer.now(), token, granted));
    }
  }
}
