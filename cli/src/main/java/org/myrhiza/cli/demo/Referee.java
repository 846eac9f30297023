// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.myrhiza.cli.terminal.Failure;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.instance.LogRow;

/** Judges a run from logs and views alone; everything that is wrong is named. */
final class Referee {
  /** Accepted events that each peer must have authored in each app. */
  static final int LEAST_ACCEPTED = 50;

  private final Demo demo;
  private final Run run;
  private final List<String> faults = new ArrayList<>();

  Referee(Demo demo, Run run) {
    this.demo = demo;
    this.run = run;
  }

  /** Returns what is wrong, in sentences; empty when all is well. */
  List<String> judge(List<Run.Row> rows) throws Failure {
    for (Staged app : demo.apps()) {
      log(app, demo.founder().log(app.instance()));
      if (app.app().startsWith("counter")) {
        value(app);
      }
    }
    for (Player player : demo.players()) {
      long rollbacks =
          rows.stream()
              .filter(r -> r.player().equals(player))
              .mapToLong(r -> r.seen().rollbacks())
              .sum();
      if (rollbacks < 1) {
        faults.add(player.name() + " never rolled back");
      }
    }
    return List.copyOf(faults);
  }

  private void log(Staged app, List<LogRow> log) {
    Map<PublicKey, Integer> accepted = new TreeMap<>();
    Map<Long, Set<PublicKey>> atDepth = new TreeMap<>();
    for (LogRow row : log) {
      atDepth.computeIfAbsent(row.depth(), depth -> new TreeSet<>()).add(row.signer());
      if ("app".equals(row.content().kind()) && "accepted".equals(row.verdict())) {
        accepted.merge(row.signer(), 1, Integer::sum);
      }
    }
    long enough = accepted.values().stream().filter(count -> count >= LEAST_ACCEPTED).count();
    if (enough != demo.players().size()) {
      faults.add(
          app.app()
              + ": "
              + enough
              + " of "
              + demo.players().size()
              + " peers authored at least "
              + LEAST_ACCEPTED
              + " accepted events");
    }
    if (atDepth.values().stream().noneMatch(signers -> signers.size() > 1)) {
      faults.add(app.app() + ": nothing was concurrent");
    }
  }

  private void value(Staged app) throws Failure {
    String view = demo.founder().view(app.instance());
    String expected = "Value: " + run.sum(app);
    if (view.lines().noneMatch(line -> line.strip().equals(expected))) {
      faults.add(app.app() + ": the view does not say \"" + expected + "\" but: " + view.strip());
    }
  }
}
