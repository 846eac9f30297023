// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.myrhiza.cli.terminal.ExitCode;
import org.myrhiza.cli.terminal.Failure;

/**
 * What the players do: everybody authors at once, first while connected, then while the links are
 * cut, then after they are healed; then all wait for one digest per app, timed for each of them.
 */
final class Run {
  /** Accepted events of each player in each app. */
  static final int MOVES = 54;

  private static final int ROUNDS = 3;
  private static final long CONVERGE_NANOS = TimeUnit.SECONDS.toNanos(90);
  private static final long GLANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final Demo demo;
  private final Consumer<String> progress;
  private final Map<Staged, Long> sums = new LinkedHashMap<>();

  /** One line of the table. */
  record Row(Staged app, Player player, Player.Seen seen, long millis) {}

  Run(Demo demo, Consumer<String> progress) {
    this.demo = demo;
    this.progress = progress;
    demo.apps().forEach(app -> sums.put(app, 0L));
  }

  /** Plays all rounds and returns what each player shows in the end. */
  List<Row> play() throws Failure {
    author(0);
    demo.cut();
    author(1);
    demo.heal();
    long last = author(2);
    return converge(last);
  }

  /** Returns what the moves so far add up to. */
  long sum(Staged app) {
    return sums.getOrDefault(app, 0L);
  }

  /** Everybody does a third of the moves in each app, each on a thread of its own. */
  private long author(int round) throws Failure {
    progress.accept("round " + (round + 1) + " of " + ROUNDS + ": everybody authors");
    List<Callable<Map<Staged, Long>>> work = new ArrayList<>();
    for (int i = 0; i < demo.players().size(); i++) {
      int player = i;
      work.add(() -> moves(player, round));
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Map<Staged, Long>> done : threads.invokeAll(work)) {
        done.get().forEach((app, added) -> sums.merge(app, added, Long::sum));
      }
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof Failure failure) {
        throw failure;
      }
      throw new Failure(
          ExitCode.FAILED, "internal", "a player failed: " + failed.getCause(), "", "");
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new Failure(
          ExitCode.FAILED, "interrupted", "the demonstration was interrupted", "", "");
    }
    return System.nanoTime();
  }

  private Map<Staged, Long> moves(int player, int round) throws Failure {
    Map<Staged, Long> added = new LinkedHashMap<>();
    int from = round * MOVES / ROUNDS;
    int to = (round + 1) * MOVES / ROUNDS;
    for (int n = from; n < to; n++) {
      for (Staged app : demo.apps()) {
        Staged.Move move = app.move(player, n);
        demo.players().get(player).act(app.instance(), move.action(), move.fields());
        added.merge(app, move.adds(), Long::sum);
      }
    }
    return added;
  }

  private List<Row> converge(long last) throws Failure {
    progress.accept("waiting for one digest per app");
    Map<Staged, List<Row>> done = new LinkedHashMap<>();
    Map<Staged, Arrivals> arrivals = new LinkedHashMap<>();
    while (done.size() < demo.apps().size()) {
      for (Map.Entry<Staged, List<Player.Seen>> app : demo.seen().entrySet()) {
        Arrivals there = arrivals.computeIfAbsent(app.getKey(), each -> new Arrivals());
        there.note(app.getValue());
        if (!done.containsKey(app.getKey()) && equal(app.getValue())) {
          done.put(app.getKey(), rows(app.getKey(), app.getValue(), there.millisAfter(last)));
          progress.accept(app.getKey().app() + " has converged");
        }
      }
      if (System.nanoTime() - last > CONVERGE_NANOS) {
        throw new Failure(
            ExitCode.UNREACHED,
            "not-converged",
            "the peers did not converge within 90 s: " + demo.seen(),
            "Please report it with this output.",
            "");
      }
      LockSupport.parkNanos(GLANCE_NANOS);
    }
    return demo.apps().stream().flatMap(app -> done.getOrDefault(app, List.of()).stream()).toList();
  }

  /**
   * Whether all show one digest over all events: what everybody authored, the genesis, and the join
   * of each but the founder. States may be equal for a moment before that, by chance.
   */
  private static boolean equal(List<Player.Seen> seen) {
    long all = seen.stream().mapToLong(Player.Seen::authored).sum() + seen.size();
    String digest = seen.getFirst().digest();
    return seen.stream().allMatch(s -> s.events() == all && s.digest().equals(digest));
  }

  /** When each player was first seen with the digest that it shows now. */
  private static final class Arrivals {
    private final List<String> digests = new ArrayList<>();
    private final List<Long> since = new ArrayList<>();

    void note(List<Player.Seen> seen) {
      long now = System.nanoTime();
      for (int i = 0; i < seen.size(); i++) {
        String digest = seen.get(i).digest();
        if (i == digests.size()) {
          digests.add(digest);
          since.add(now);
        } else if (!digests.get(i).equals(digest)) {
          digests.set(i, digest);
          since.set(i, now);
        }
      }
    }

    List<Long> millisAfter(long start) {
      return since.stream().map(at -> TimeUnit.NANOSECONDS.toMillis(at - start)).toList();
    }
  }

  private List<Row> rows(Staged app, List<Player.Seen> seen, List<Long> millis) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < seen.size(); i++) {
      rows.add(new Row(app, demo.players().get(i), seen.get(i), millis.get(i)));
    }
    return rows;
  }
}
