// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.peer;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.myrhiza.identity.SignatureVerifier;
import org.myrhiza.jvm.engine.ChicoryEngine;
import org.myrhiza.jvm.engine.Preparation;
import org.myrhiza.jvm.keys.AeadJvm;
import org.myrhiza.jvm.keys.Ed25519Jvm;
import org.myrhiza.jvm.keys.Keystore;
import org.myrhiza.jvm.keys.SeedSignerJvm;
import org.myrhiza.jvm.link.Links;
import org.myrhiza.jvm.store.DataException;
import org.myrhiza.jvm.store.MarkFile;
import org.myrhiza.jvm.store.Store;
import org.myrhiza.kernel.Admission;
import org.myrhiza.kernel.Effect;
import org.myrhiza.kernel.Input;
import org.myrhiza.kernel.Ports;
import org.myrhiza.wasm.engine.ModuleHash;
import org.myrhiza.wasm.link.StackProbe;

/**
 * Serves a kernel's effects. The kernel's thread hands each over and goes on at once: disk and
 * signatures have a thread each, and their completions come back by the mailbox.
 */
final class Adapters {
  private final Mailbox mailbox;
  private final Store store;
  private final Keystore keys;
  private final MarkFile mark;
  private final Links links;
  private final PeerEars ears;
  private final ChicoryEngine engine = ChicoryEngine.compiled();
  private StackProbe.@Nullable Finding stack;
  private final SignatureVerifier verifier = SignatureVerifier.screened(new Ed25519Jvm());
  private final ExecutorService disk = thread("disk");
  private final ExecutorService signatures = thread("signatures");
  private final Queue<String> compilerSays = new ConcurrentLinkedQueue<>();
  private final ExecutorService compiler =
      Executors.newSingleThreadExecutor(Adapters::compilerThread);
  private final ScheduledExecutorService timers =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("myrhiza-timers").daemon().factory());

  /**
   * What outlives a run of a peer.
   *
   * @param store what the kernel writes
   * @param keys what it signs with
   * @param mark what tells whether these two belong together
   */
  record Holdings(Store store, Keystore keys, MarkFile mark) {}

  Adapters(Mailbox mailbox, Holdings holdings, Links links, PeerEars ears) {
    this.mailbox = mailbox;
    this.store = holdings.store();
    this.keys = holdings.keys();
    this.mark = holdings.mark();
    this.links = links;
    this.ears = ears;
  }

  /** With the stack of the kernel's thread, since what it compiles is probed there. */
  private static Thread compilerThread(Runnable work) {
    Thread thread = new Thread(null, work, "myrhiza-compiler", ChicoryEngine.STACK_BYTES);
    thread.setDaemon(true);
    return thread;
  }

  private static ExecutorService thread(String name) {
    return Executors.newSingleThreadExecutor(
        Thread.ofPlatform().name("myrhiza-" + name).daemon().factory());
  }

  Ports ports() {
    return new Ports(Admission.on(engine, verifier), verifier, new AeadJvm(), new SeedSignerJvm());
  }

  void serve(Effect effect) {
    for (String said = compilerSays.poll(); said != null; said = compilerSays.poll()) {
      ears.warned(said);
    }
    switch (effect) {
      case Effect.Load load -> disk.execute(() -> load(load));
      case Effect.Read read -> disk.execute(() -> read(read));
      case Effect.Persist persist -> disk.execute(() -> persist(persist));
      case Effect.Verify verify -> signatures.execute(() -> verify(verify));
      case Effect.Sign sign -> signatures.execute(() -> sign(sign));
      case Effect.NewInstance made -> signatures.execute(() -> newInstance(made));
      case Effect.KeepMark keep -> disk.execute(() -> keep(keep));
      case Effect.Prepare prepare -> prepare(prepare);
      case Effect.SetTimer timer -> setTimer(timer);
      case Effect.StepAgain() -> mailbox.post(new Input.Stepped(now()));
      case Effect.Attach attach -> links.attach(attach.channel(), attach.relays());
      case Effect.Detach detach -> links.detach(detach.channel());
      case Effect.Dial dial -> links.dial(dial.remote(), dial.address());
      case Effect.Send send -> links.send(send.link().number(), send.frame());
      case Effect.Publish publish -> links.publish(publish.channel(), publish.frame());
      case Effect.CloseLink close -> links.closeLink(close.link().number(), close.reason());
      case Effect.Changed changed -> ears.changed(changed.status());
      case Effect.Warn warn -> ears.warned(warn.text());
      case Effect.Halted halted -> ears.warned(halted.failed().message());
      case Effect.Answer answer -> throw new IllegalStateException("answer " + answer.token());
      case Effect.AskConsent ask -> throw new IllegalStateException("consent " + ask.token());
    }
  }

  private void load(Effect.Load load) {
    try {
      Store.Page page = store.load(load.from(), load.to(), load.limit());
      mailbox.post(new Input.Loaded(now(), load.token(), page.entries(), page.complete()));
    } catch (DataException failed) {
      mailbox.post(new Input.LoadFailed(now(), load.token(), String.valueOf(failed.getMessage())));
    }
  }

  private void read(Effect.Read read) {
    try {
      mailbox.post(new Input.Loaded(now(), read.token(), store.read(read.keys()), true));
    } catch (DataException failed) {
      mailbox.post(new Input.LoadFailed(now(), read.token(), String.valueOf(failed.getMessage())));
    }
  }

  private void persist(Effect.Persist persist) {
    try {
      store.persist(persist.writes());
      mailbox.post(new Input.Persisted(now(), persist.token()));
    } catch (DataException failed) {
      mailbox.post(
          new Input.PersistFailed(now(), persist.token(), String.valueOf(failed.getMessage())));
    }
  }

  private void verify(Effect.Verify verify) {
    boolean good = verifier.verify(verify.key(), verify.message(), verify.signature());
    mailbox.post(new Input.Verified(now(), verify.token(), good));
  }

  private void sign(Effect.Sign sign) {
    mailbox.post(new Input.Signed(now(), sign.token(), keys.sign(sign.role(), sign.message())));
  }

  private void newInstance(Effect.NewInstance asked) {
    try {
      mailbox.post(new Input.InstanceMade(now(), asked.token(), keys.newInstance()));
    } catch (DataException failed) {
      mailbox.post(
          new Input.InstanceFailed(now(), asked.token(), String.valueOf(failed.getMessage())));
    }
  }

  /** A mark that is not kept costs a new instance key at the next start, and nothing else. */
  private void keep(Effect.KeepMark keep) {
    try {
      mark.keep(keep.mark());
    } catch (DataException failed) {
      ears.warned(String.valueOf(failed.getMessage()));
    }
  }

  /**
   * Guests run interpreted at once, and compiled as soon as the compiler's thread has done its
   * work. They run on this thread, so the first call looks whether its stack holds what they are
   * promised.
   */
  private void prepare(Effect.Prepare prepare) {
    if (stack == null) {
      stack = ChicoryEngine.interpreted().probe();
    }
    if (stack instanceof StackProbe.Finding.Insufficient insufficient) {
      mailbox.post(new Input.PrepareFailed(now(), prepare.token(), insufficient.message()));
      return;
    }
    ModuleHash hash = new ModuleHash(prepare.moduleHash().toHex());
    switch (engine.prepareSoon(hash, prepare.code().toArray(), compiler, compilerSays::add)) {
      case Preparation.Prepared prepared ->
          mailbox.post(new Input.Prepared(now(), prepare.token()));
      case Preparation.Refused(String reason) ->
          mailbox.post(new Input.PrepareFailed(now(), prepare.token(), reason));
    }
  }

  String engineName() {
    return engine.name();
  }

  private void setTimer(Effect.SetTimer timer) {
    long delay = Math.max(0, timer.atMillis() - now());
    var _ =
        timers.schedule(
            () -> mailbox.post(new Input.TimerFired(now(), timer.token())),
            delay,
            TimeUnit.MILLISECONDS);
  }

  private static long now() {
    return System.currentTimeMillis();
  }

  /** Stops the network first, so that nothing new arrives, then lets the disk finish. */
  void close() {
    links.close();
    timers.shutdownNow();
    signatures.shutdownNow();
    compiler.shutdownNow();
    disk.shutdown();
    try {
      if (disk.awaitTermination(Limits.STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        store.close();
        mark.ended();
      }
    } catch (DataException failed) {
      ears.warned(String.valueOf(failed.getMessage()));
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }
}
