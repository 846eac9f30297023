// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browser.peer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.myrhiza.browser.engine.ProbedEngine;
import org.myrhiza.browser.js.JsBytes;
import org.myrhiza.browser.js.ThreadJs;
import org.myrhiza.browser.keys.BrowserKeys;
import org.myrhiza.browser.keys.Sodium;
import org.myrhiza.browser.keys.Verification;
import org.myrhiza.browser.link.RelayLinks;
import org.myrhiza.browser.store.IndexedStore;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.identity.SignatureVerifier;
import org.myrhiza.instance.Tuning;
import org.myrhiza.kernel.Admission;
import org.myrhiza.kernel.Effect;
import org.myrhiza.kernel.EffectCodec;
import org.myrhiza.kernel.Input;
import org.myrhiza.kernel.Kernel;
import org.myrhiza.kernel.KeyRole;
import org.myrhiza.kernel.Ports;
import org.myrhiza.kernel.Settings;
import org.myrhiza.wasm.engine.ModuleHash;
import org.teavm.jso.typedarrays.Int8Array;

/**
 * The web peer: one kernel in a worker, its inputs in one queue, its effects served by IndexedDB,
 * WebCrypto, libsodium, the browser's WebAssembly and WebSocket.
 *
 * <p>The queue is drained in turns of a few milliseconds, so that sockets and the page get theirs.
 */
final class WebPeer {
  private static final int ENTROPY_BYTES = 32;
  private static final double TURN_MILLIS = 12;

  /** As many verdicts as one turn of the kernel takes: so few that it stays short. */
  private static final int VERDICTS = 64;

  private static final String DEVICE = "browser";

  private final IndexedStore store;
  private final BrowserKeys keys;
  private final ProbedEngine engine;
  private final Sodium sodium = new Sodium();
  private final SignatureVerifier verifier = SignatureVerifier.screened(sodium);
  private final Verification verification = new Verification(verifier);
  private final Kernel kernel;
  private final RelayLinks links;
  private final Deque<Input> waiting = new ArrayDeque<>();
  private final Deque<Input.Answer> verdicts = new ArrayDeque<>();
  private boolean turnDue;

  WebPeer(IndexedStore store, BrowserKeys keys, ProbedEngine engine) {
    this.store = store;
    this.keys = keys;
    this.engine = engine;
    this.kernel =
        new Kernel(new Ports(Admission.on(engine.engine(), verifier), verifier, sodium, sodium));
    this.links = new RelayLinks(keys, this::submit);
  }

  /** Starts the kernel with the relays that new topics meet on. */
  void start(List<String> relays) {
    submit(
        new Input.Start(
            now(),
            JsBytes.adopt(ThreadJs.entropy(ENTROPY_BYTES)),
            new Settings(
                new Settings.Keys(
                    keys.open(BrowserKeys.Name.LONG_TERM),
                    keys.open(BrowserKeys.Name.INSTANCE),
                    keys.open(BrowserKeys.Name.TRANSPORT)),
                DEVICE,
                true,
                relays,
                List.of(),
                Tuning.DEFAULT,
                Optional.empty())));
  }

  /** Gives the kernel an input in one of the next turns. */
  void submit(Input input) {
    waiting.add(input);
    turnSoon();
  }

  private void judged(long token, boolean good) {
    verdicts.add(new Input.Answer(token, good));
    turnSoon();
  }

  private void turnSoon() {
    if (!turnDue) {
      turnDue = true;
      ThreadJs.soon(this::turn);
    }
  }

  static long now() {
    return (long) ThreadJs.now();
  }

  private void turn() {
    double end = ThreadJs.now() + TURN_MILLIS;
    while (ThreadJs.now() < end) {
      Input input = waiting.poll();
      if (input != null) {
        take(input);
      }
      if (!verdicts.isEmpty()) {
        take(new Input.VerifiedMany(now(), someVerdicts()));
      } else if (input == null) {
        turnDue = false;
        return;
      }
    }
    ThreadJs.soon(this::turn);
  }

  private List<Input.Answer> someVerdicts() {
    List<Input.Answer> some = new ArrayList<>();
    while (!verdicts.isEmpty() && some.size() < VERDICTS) {
      some.add(verdicts.poll());
    }
    return some;
  }

  private void take(Input input) {
    kernel.submit(input);
    for (@Nullable Effect effect = kernel.poll(); effect != null; effect = kernel.poll()) {
      serve(effect);
    }
  }

  private void serve(Effect effect) {
    switch (effect) {
      case Effect.Load load -> load(load);
      case Effect.Read read -> read(read);
      case Effect.Persist persist -> persist(persist);
      case Effect.Verify verify -> verify(verify);
      case Effect.Sign sign -> sign(sign);
      case Effect.NewInstance asked -> newInstance(asked);
      case Effect.KeepMark keep ->
          throw new IllegalStateException("keys and store are one database");
      case Effect.Prepare prepare -> prepare(prepare);
      case Effect.SetTimer timer -> setTimer(timer);
      case Effect.StepAgain() -> submit(new Input.Stepped(now()));
      case Effect.Attach attach -> links.attach(attach.channel(), attach.relays());
      case Effect.Detach detach -> links.detach(detach.channel());
      case Effect.Dial dial ->
          submit(
              new Input.DialFailed(
                  now(), dial.remote(), dial.address(), "pages reach peers through relays only"));
      case Effect.Send send -> links.send(send.link().number(), send.frame());
      case Effect.Publish publish -> links.publish(publish.channel(), publish.frame());
      case Effect.CloseLink close -> links.closeLink(close.link().number(), close.reason());
      case Effect.Answer answer -> toPage(answer);
      case Effect.AskConsent ask -> toPage(ask);
      case Effect.Changed changed -> toPage(changed);
      case Effect.Warn warn -> toPage(warn);
      case Effect.Halted halted -> toPage(halted);
    }
  }

  private static void toPage(Effect effect) {
    Int8Array bytes = JsBytes.of(EffectCodec.INSTANCE.encode(effect));
    ThreadJs.post("effect", 0, "", bytes);
  }

  private void load(Effect.Load load) {
    store.load(
        load.from(),
        load.to(),
        load.limit(),
        (entries, complete) -> submit(new Input.Loaded(now(), load.token(), entries, complete)),
        reason -> submit(new Input.LoadFailed(now(), load.token(), reason)));
  }

  private void read(Effect.Read read) {
    store.read(
        read.keys(),
        entries -> submit(new Input.Loaded(now(), read.token(), entries, true)),
        reason -> submit(new Input.LoadFailed(now(), read.token(), reason)));
  }

  private void persist(Effect.Persist persist) {
    store.persist(
        persist.writes(),
        () -> submit(new Input.Persisted(now(), persist.token())),
        reason -> submit(new Input.PersistFailed(now(), persist.token(), reason)));
  }

  private void verify(Effect.Verify verify) {
    verification.verify(
        verify.key(), verify.message(), verify.signature(), good -> judged(verify.token(), good));
  }

  private void sign(Effect.Sign sign) {
    BrowserKeys.Name name =
        sign.role() == KeyRole.LONG_TERM ? BrowserKeys.Name.LONG_TERM : BrowserKeys.Name.INSTANCE;
    keys.sign(
        name,
        sign.message(),
        signature -> submit(new Input.Signed(now(), sign.token(), signature)),
        reason -> submit(new Input.SignFailed(now(), sign.token(), reason)));
  }

  private void newInstance(Effect.NewInstance asked) {
    keys.renew(
        BrowserKeys.Name.INSTANCE,
        key -> submit(new Input.InstanceMade(now(), asked.token(), key)),
        reason -> submit(new Input.InstanceFailed(now(), asked.token(), reason)));
  }

  private void prepare(Effect.Prepare prepare) {
    Bytes hash = prepare.moduleHash();
    engine.prepare(
        new ModuleHash(hash.toHex()),
        prepare.code(),
        () -> submit(new Input.Prepared(now(), prepare.token())),
        reason -> submit(new Input.PrepareFailed(now(), prepare.token(), reason)));
  }

  private void setTimer(Effect.SetTimer timer) {
    long delay = Math.max(0, Math.min(Integer.MAX_VALUE, timer.atMillis() - now()));
    ThreadJs.after((int) delay, () -> submit(new Input.TimerFired(now(), timer.token())));
  }
}
