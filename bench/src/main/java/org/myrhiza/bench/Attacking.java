// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.myrhiza.cli.sim.NativeSigning;
import org.myrhiza.sync.Limits;
import org.myrhiza.testkit.attack.Attacks;
import org.myrhiza.testkit.attack.Ground;
import org.myrhiza.testkit.attack.Report;
import org.myrhiza.testkit.sim.Signing;
import org.myrhiza.testkit.sim.ToyCrypto;

/**
 * What the attacks of rules.md 12 cost who makes them and who meets them: log and replay with an
 * app of a few lines and a store in memory, without network and disk. Times are the thread's
 * processor time, without the collector's. An attack that comes to something else than the rules
 * have it gives no figure.
 */
final class Attacking {
  private static final int AUTHORS = 100;
  private static final int STRENGTH = 2_000;
  private static final int JUNK = 1_000_000;
  private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();
  private static final double MILLI = 1e6;
  private static final double MICRO = 1e3;

  private Attacking() {}

  static List<Figure> measure(int events, Consumer<String> progress) throws Refused {
    progress.accept("attacks, signed");
    Figure.Setup real = new Figure.Setup("none", "made and verified", "none", "none");
    List<Figure> figures = new ArrayList<>();
    Attacks attacks = attacks(NativeSigning.plain(), events);
    attacks.all(1, 1);
    for (Report report : attacks.all(STRENGTH, STRENGTH)) {
      figures.add(figure(report, real));
    }
    progress.accept("junk by the million");
    Figure.Setup none = new Figure.Setup("none", "toys", "none", "none");
    Attacks unsigned = attacks(new ToyCrypto(), events);
    figures.add(figure(unsigned.junkBranches(JUNK), none));
    return figures;
  }

  private static Attacks attacks(Signing signing, int events) {
    return new Attacks(
        new Ground(signing, AUTHORS, Math.max(events, 2 * AUTHORS)),
        THREAD::getCurrentThreadCpuTime);
  }

  private static Figure figure(Report report, Figure.Setup setup) throws Refused {
    if (!report.wrong().isEmpty()) {
      throw new Refused(report.name() + ": " + report.wrong().getFirst());
    }
    Report.Spent spent = report.spent();
    Report.Suffered suffered = report.suffered();
    String attacker =
        String.format(
            Locale.ROOT,
            "attacker: %,d events, %,d bytes, %,d signatures, %.1f ms",
            spent.events(),
            spent.bytes(),
            spent.signatures(),
            spent.nanos() / MILLI);
    String victim =
        String.format(
            Locale.ROOT,
            "; victim: %.0f us an event, %,d signatures verified, %,d bytes stored, %,d waiting,"
                + " %,d kept that do not count, %,d calls, %,d undone, %,d skipped; link: %s",
            suffered.nanos() / MICRO / spent.events(),
            suffered.verified(),
            suffered.storedBytes(),
            suffered.waiting(),
            suffered.unheld(),
            suffered.calls(),
            suffered.undone(),
            suffered.skipped(),
            link(suffered.points()));
    return new Figure(
        "attack: " + report.name(),
        suffered.nanos() / MILLI,
        "ms of processor time",
        setup,
        attacker + victim);
  }

  private static String link(long points) {
    return points >= Limits.CHARGE_BOUND ? "closed" : points + " of " + Limits.CHARGE_BOUND;
  }
}
