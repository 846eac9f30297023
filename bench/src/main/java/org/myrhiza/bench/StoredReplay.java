// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bench;

import java.nio.file.Path;
import org.myrhiza.bundle.Bundle;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.event.TopicId;
import org.myrhiza.identity.SignatureVerifier;
import org.myrhiza.instance.App;
import org.myrhiza.instance.Self;
import org.myrhiza.jvm.engine.ChicoryEngine;
import org.myrhiza.jvm.engine.Preparation;
import org.myrhiza.jvm.keys.Ed25519Jvm;
import org.myrhiza.jvm.store.DataException;
import org.myrhiza.jvm.store.RocksStore;
import org.myrhiza.jvm.store.Store;
import org.myrhiza.kernel.Admission;
import org.myrhiza.kernel.StoreEntry;
import org.myrhiza.log.Log;
import org.myrhiza.log.LogEntry;
import org.myrhiza.log.LogRecords;
import org.myrhiza.log.StoredEvent;
import org.myrhiza.replay.Progress;
import org.myrhiza.replay.Replay;
import org.myrhiza.wasm.engine.ModuleHash;

/**
 * The second opinion on a digest: reads the log that is on disk, in a folder that no peer has open,
 * and applies it from nothing.
 */
final class StoredReplay {
  private static final int PAGE = 4_096;

  private StoredReplay() {}

  /** Opens an app on an engine of its own; to be called on the thread that will use it. */
  static App open(Bundle bundle, ChicoryEngine engine) throws Refused {
    SignatureVerifier verifier = SignatureVerifier.screened(new Ed25519Jvm());
    if (!(Admission.on(engine, verifier).admit(bundle) instanceof App.Admitted.Runs runs)) {
      throw new Refused("the counter is not admitted");
    }
    for (App.Module module : runs.app().modules()) {
      ModuleHash hash = new ModuleHash(module.hash().toHex());
      if (engine.prepare(hash, module.code().toArray()) instanceof Preparation.Refused refused) {
        throw new Refused("the engine refuses a module: " + refused.reason());
      }
    }
    return runs.app();
  }

  /** What a replay of the stored log comes to. */
  record Result(int events, String digest) {}

  static Result of(Path data, TopicId topic, Bundle bundle) throws Refused {
    Log log = load(data, topic);
    Replay replay = Replay.of(log);
    App app = open(bundle, ChicoryEngine.compiled());
    LogEntry first = log.at(0);
    Self self = new Self(first.principal(), first.signer(), "bench", false);
    App.Facts facts = new App.Facts(topic, first.principal(), "bench", self);
    Progress progress = new Progress.More();
    while (progress instanceof Progress.More) {
      progress = replay.step(app.applier(facts), app.limits());
    }
    if (progress instanceof Progress.Stalled stalled) {
      throw new Refused("the second replay stalled: " + stalled.reason());
    }
    return new Result(log.size(), replay.digest().toHex());
  }

  private static Log load(Path data, TopicId topic) throws Refused {
    Log log = Log.withBodies(topic, Long.MAX_VALUE);
    try (RocksStore store = RocksStore.open(data.resolve("store"))) {
      Bytes from = LogRecords.from(topic);
      Store.Page page;
      do {
        page = store.load(from, LogRecords.to(topic), PAGE);
        for (StoreEntry entry : page.entries()) {
          if (log.stored().restore(entry.key(), entry.value())
              instanceof Decoded.Bad<StoredEvent> bad) {
            throw new Refused("a stored event is bad: " + bad.malformed().message());
          }
          from = entry.key().plus(Bytes.of(0));
        }
      } while (!page.complete());
    } catch (DataException failed) {
      throw new Refused("the store cannot be read again", failed);
    }
    return log;
  }
}
