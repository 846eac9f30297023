// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.myrhiza.event.Event;
import org.myrhiza.log.Log;
import org.myrhiza.log.Source;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.graph.Backbone;
import org.myrhiza.testkit.graph.Deliveries;

/** What an event costs the order grows with the logarithm of the log, counted in nodes passed. */
public final class OrderCostSuite {
  private static final Source LINK = new Source(1);
  private static final int SMALL = 1_000;
  private static final int LARGE = 8_000;
  private static final int MEASURED = 320;
  private static final long BODY_BYTES = 1 << 20;

  /** How much of the logarithms' ratio the costs' ratio may be, in percent. */
  private static final int TOLERANCE = 125;

  private final List<Event> made = new ArrayList<>();
  private final Backbone backbone = new Backbone(new Seeded(8), made::add);
  private final Log log = Log.withBodies(backbone.topic(), BODY_BYTES);

  /** Made once per test. */
  public OrderCostSuite() {}

  /** Adds events until the log has so many: of one author, and of visitors beside. */
  private void growTo(int size) {
    while (log.size() + made.size() < size) {
      backbone.goOn(13);
      backbone.visit(3);
    }
    Deliveries.deliverAll(log, made, LINK);
    made.clear();
    assertEquals(log.size(), log.held());
  }

  /** The nodes that some more events pass. */
  private int passedByMore(int size) {
    growTo(size);
    int before = log.tree().passed();
    int events = log.size();
    growTo(events + MEASURED);
    assertEquals(events + MEASURED, log.size());
    return log.tree().passed() - before;
  }

  @Test
  void anEventInALargeLog_passesAFewNodesMoreThanInASmallOne() {
    grow(SMALL, LARGE);
  }

  /**
   * Fails where the cost of an event grows more than the logarithm of the log.
   *
   * @param small events of the log at first, above 1
   * @param large events of the log later
   * @return the nodes passed then and then, the same text on every stack
   */
  public static String grow(int small, int large) {
    OrderCostSuite suite = new OrderCostSuite();
    int first = suite.passedByMore(small);
    int then = suite.passedByMore(large);
    String seen = first + " nodes at " + small + " events, " + then + " at " + large;
    assertTrue(first >= MEASURED, seen);
    double allowed = Math.log(large) / Math.log(small) * TOLERANCE / 100;
    assertTrue(then <= first * allowed, seen + ", " + allowed + " times as many allowed");
    return seen;
  }
}
