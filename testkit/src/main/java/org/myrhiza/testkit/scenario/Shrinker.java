// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Makes a failing scenario small: leaves out operations, half of them first and single ones last,
 * and then peers, for as long as what is left still fails. What it returns cannot be made smaller
 * by leaving out any one operation, unless it ran out of tries.
 */
public final class Shrinker {
  /** Runs that a shrinking may take. */
  public static final int MOST_RUNS = 400;

  private final Predicate<Scenario> fails;
  private final Consumer<String> progress;
  private int runs;

  /**
   * Shrinks what fails.
   *
   * @param fails runs a scenario and says whether it fails in the way that is looked for
   * @param progress told what was left out
   */
  public Shrinker(Predicate<Scenario> fails, Consumer<String> progress) {
    this.fails = fails;
    this.progress = progress;
  }

  /** Returns the smallest that was found and still fails; the argument fails already. */
  public Scenario shrink(Scenario failing) {
    Scenario smaller = fewerPeers(fewerOperations(failing));
    return fewerOperations(smaller);
  }

  /** How many runs it took so far. */
  public int runs() {
    return runs;
  }

  private boolean stillFails(Scenario candidate) {
    if (runs >= MOST_RUNS) {
      return false;
    }
    runs++;
    return fails.test(candidate);
  }

  private Scenario fewerOperations(Scenario failing) {
    Scenario best = failing;
    int size = Math.max(1, best.operations().size() / 2);
    while (size > 0) {
      boolean shrunk = false;
      int from = 0;
      while (from < best.operations().size()) {
        Scenario candidate = best.with(without(best.operations(), from, size));
        if (stillFails(candidate)) {
          best = candidate;
          shrunk = true;
          progress.accept(best.operations().size() + " operations still fail");
        } else {
          from += size;
        }
      }
      size = shrunk && size == 1 ? 1 : size / 2;
    }
    return best;
  }

  private static List<Operation> without(List<Operation> all, int from, int size) {
    List<Operation> left = new ArrayList<>(all.subList(0, from));
    left.addAll(all.subList(Math.min(all.size(), from + size), all.size()));
    return left;
  }

  private Scenario fewerPeers(Scenario failing) {
    Scenario best = failing;
    int least = 1;
    while (least < best.peers()) {
      int middle = (least + best.peers()) / 2;
      Scenario candidate = squeezed(best, middle);
      if (stillFails(candidate)) {
        best = candidate;
        progress.accept(middle + " peers still fail");
      } else {
        least = middle + 1;
      }
    }
    return best;
  }

  /** The same with fewer peers, who take over what the others did. */
  private static Scenario squeezed(Scenario from, int peers) {
    List<Operation> moved = new ArrayList<>();
    for (Operation operation : from.operations()) {
      moved.add(
          switch (operation) {
            case Operation.Act act ->
                new Operation.Act(act.atMillis(), act.peer() % peers, act.action(), act.value());
            case Operation.Trouble trouble ->
                new Operation.Trouble(
                    trouble.atMillis(),
                    trouble.kind(),
                    trouble.peer() % peers,
                    trouble.strength(),
                    trouble.forMillis());
          });
    }
    return new Scenario(from.seed(), from.play(), peers, moved);
  }
}
