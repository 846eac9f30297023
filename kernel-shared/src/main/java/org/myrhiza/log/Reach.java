// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What peers tell and ask each other about the ends of their chains. */
final class Reach {
  /** Bounds of one page. */
  record Bounds(int maxEvents, long maxBytes) {}

  private Reach() {}

  static Frontier frontier(Log log, Frontier remote) {
    List<Tip> tips = new ArrayList<>();
    for (Chain chain : log.chains()) {
      if (tips.size() + Limits.FRONTIER_TIPS_OF_KEY > Limits.FRONTIER_TIPS) {
        break;
      }
      if (!hidesBranch(log, chain, remote.of(chain.key()))) {
        chain.listTips(tips);
      }
    }
    return new Frontier(tips);
  }

  /**
   * Returns whether a peer with these tips of a chain holds a branch that is not here, while all it
   * holds of the chain is shorter than what is.
   */
  private static boolean hidesBranch(Log log, Chain chain, List<Tip> tips) {
    long greatest = chain.greatestHeldSeq();
    boolean unknown = false;
    for (Tip tip : tips) {
      if (tip.seq() > greatest) {
        return false;
      }
      unknown |= !log.contains(tip.id());
    }
    return unknown;
  }

  /** Returns as many of the first events as the bounds allow, at least one. */
  static Page cut(Collection<LogEntry> found, Bounds bounds) {
    List<LogEntry> entries = new ArrayList<>();
    long bytes = 0;
    for (LogEntry entry : found) {
      bytes += entry.sizeBytes();
      boolean full = entries.size() == bounds.maxEvents() || bytes > bounds.maxBytes();
      if (full && !entries.isEmpty()) {
        return new Page(entries, true);
      }
      entries.add(entry);
    }
    return new Page(entries, false);
  }
}
