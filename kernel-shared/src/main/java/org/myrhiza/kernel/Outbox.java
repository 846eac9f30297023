// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.BundleId;
import org.myrhiza.identity.Signature;
import org.myrhiza.identity.SignedClaim;
import org.myrhiza.instance.App;

/**
 * The way out of a kernel: effects in order, completions by token, and batches.
 *
 * <p>One persist is in flight. What is written meanwhile forms the next batch, and whatever would
 * tell of it is held with that batch: it leaves only when the store said that the batch is on disk.
 * So nothing is sent, answered or shown that a crash could take back.
 */
final class Outbox {
  private static final long FIRST_RETRY_MILLIS = 1_000;
  private static final long LAST_RETRY_MILLIS = 30_000;

  private final Deque<Effect> ready = new ArrayDeque<>();

  // Thousands at a time; looked up, never iterated.
  private final Map<Long, Consumer<Boolean>> answers = new HashMap<>();

  private final TreeMap<Long, Consumer<Optional<Signature>>> signatures = new TreeMap<>();
  private final TreeMap<Long, Consumer<Input>> keys = new TreeMap<>();
  private final TreeMap<Long, Consumer<Optional<String>>> preparations = new TreeMap<>();
  private final TreeMap<Long, Consumer<Input>> loads = new TreeMap<>();
  private final TreeMap<Long, Runnable> timers = new TreeMap<>();
  private Batch open = new Batch();
  private @Nullable Batch inFlight;
  private long inFlightToken;
  private long retryMillis = FIRST_RETRY_MILLIS;
  private long tokens;
  private long now;

  void now(long millis) {
    now = millis;
  }

  long now() {
    return now;
  }

  void emit(Effect effect) {
    ready.add(effect);
  }

  @Nullable Effect poll() {
    return ready.poll();
  }

  private long token() {
    return ++tokens;
  }

  void verify(SignedClaim claim, Consumer<Boolean> then) {
    long token = token();
    answers.put(token, then);
    emit(new Effect.Verify(token, claim.key(), claim.message(), claim.signature()));
  }

  void sign(KeyRole role, Bytes message, Consumer<Optional<Signature>> then) {
    long token = token();
    signatures.put(token, then);
    emit(new Effect.Sign(token, role, message));
  }

  void newInstance(Consumer<Input> then) {
    long token = token();
    keys.put(token, then);
    emit(new Effect.NewInstance(token));
  }

  void prepare(App.Module module, Consumer<Optional<String>> then) {
    long token = token();
    preparations.put(token, then);
    emit(new Effect.Prepare(token, module.hash(), module.code()));
  }

  void load(Bytes from, Bytes to, int limit, Consumer<Input> then) {
    long token = token();
    loads.put(token, then);
    emit(new Effect.Load(token, from, to, limit));
  }

  /** Reads single records, once all that was written so far is on disk. */
  void read(List<Bytes> recordKeys, Consumer<Input> then) {
    long token = token();
    loads.put(token, then);
    whenPersisted(() -> emit(new Effect.Read(token, recordKeys)));
  }

  void askConsent(long command, BundleId bundle, Summary summary, Consumer<Boolean> then) {
    long token = token();
    answers.put(token, then);
    emit(new Effect.AskConsent(token, command, bundle, summary.name(), summary.lines()));
  }

  /** What a user is told before giving consent. */
  record Summary(String name, List<String> lines) {}

  void timer(long atMillis, Runnable then) {
    long token = token();
    timers.put(token, then);
    emit(new Effect.SetTimer(token, atMillis));
  }

  void write(Write write) {
    open.add(write);
  }

  /** Runs something when what is written now is about to go out; what it writes goes with it. */
  void beforePersist(Runnable then) {
    open.last.add(then);
  }

  /** Runs something once all that was written so far is on disk. */
  void whenPersisted(Runnable then) {
    open.held.add(then);
  }

  /** Whether what is written now would go out with the next {@link #close}. */
  boolean isOpen() {
    return inFlight == null;
  }

  /** Ends a turn: begins the next persist, or lets go what needs none. */
  void close() {
    while (inFlight == null && !open.isEmpty()) {
      Batch batch = open;
      batch.end();
      open = new Batch();
      List<Write> writes = batch.writes();
      if (writes.isEmpty()) {
        batch.release();
      } else {
        inFlight = batch;
        persist(writes);
      }
    }
  }

  private void persist(List<Write> writes) {
    inFlightToken = token();
    emit(new Effect.Persist(inFlightToken, writes));
  }

  void persisted(long token) {
    Batch batch = inFlight;
    if (batch == null || token != inFlightToken) {
      return;
    }
    inFlight = null;
    if (retryMillis > FIRST_RETRY_MILLIS) {
      retryMillis = FIRST_RETRY_MILLIS;
      emit(new Effect.Warn("the store writes again"));
    }
    batch.release();
  }

  void persistFailed(long token, String reason) {
    Batch batch = inFlight;
    if (batch == null || token != inFlightToken) {
      return;
    }
    emit(new Effect.Warn("the store could not write and will be tried again: " + reason));
    inFlightToken = 0;
    timer(now + retryMillis, () -> persist(batch.writes()));
    retryMillis = Math.min(2 * retryMillis, LAST_RETRY_MILLIS);
  }

  void answered(long token, boolean answer) {
    Consumer<Boolean> then = answers.remove(token);
    if (then != null) {
      then.accept(answer);
    }
  }

  void signed(long token, Optional<Signature> signature) {
    Consumer<Optional<Signature>> then = signatures.remove(token);
    if (then != null) {
      then.accept(signature);
    }
  }

  void keyAnswered(long token, Input answer) {
    Consumer<Input> then = keys.remove(token);
    if (then != null) {
      then.accept(answer);
    }
  }

  void prepared(long token, Optional<String> failure) {
    Consumer<Optional<String>> then = preparations.remove(token);
    if (then != null) {
      then.accept(failure);
    }
  }

  void loaded(long token, Input answer) {
    Consumer<Input> then = loads.remove(token);
    if (then != null) {
      then.accept(answer);
    }
  }

  void fired(long token) {
    Runnable then = timers.remove(token);
    if (then != null) {
      then.run();
    }
  }

  /** Writes in order, and what they hold back. A later write of one key replaces the earlier. */
  private static final class Batch {
    private final List<Write> ordered = new ArrayList<>();
    private LinkedHashMap<Bytes, Write> latest = new LinkedHashMap<>();
    private final List<Runnable> held = new ArrayList<>();
    private final ArrayDeque<Runnable> last = new ArrayDeque<>();

    boolean isEmpty() {
      return ordered.isEmpty() && latest.isEmpty() && held.isEmpty() && last.isEmpty();
    }

    void end() {
      while (!last.isEmpty()) {
        last.remove().run();
      }
    }

    void add(Write write) {
      switch (write) {
        case Write.Put put -> replace(put.key(), write);
        case Write.Delete delete -> replace(delete.key(), write);
        case Write.DeleteRange range -> {
          settle();
          ordered.add(write);
        }
      }
    }

    private void replace(Bytes key, Write write) {
      latest.remove(key);
      latest.put(key, write);
    }

    private void settle() {
      ordered.addAll(latest.values());
      latest = new LinkedHashMap<>();
    }

    List<Write> writes() {
      settle();
      return List.copyOf(ordered);
    }

    void release() {
      for (Runnable each : held) {
        each.run();
      }
    }
  }
}
