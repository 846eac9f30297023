// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.myrhiza.event.EventId;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.log.LogEntry;
import org.myrhiza.log.MarkedEvents;

/** The events of an order that a map has a mark for. */
public final class MarkedToys implements MarkedEvents {
  private final ToyOrder order;
  private final List<LogEntry> all;
  private final Map<EventId, Integer> marks;
  private final List<PublicKey> principals = new ArrayList<>();
  private int at = -1;

  /** The marks may be 0. */
  public MarkedToys(ToyOrder order, Map<EventId, Integer> marks) {
    this.order = order;
    this.all = order.all();
    this.marks = marks;
    all.stream().map(LogEntry::principal).distinct().forEach(principals::add);
  }

  @Override
  public boolean next() {
    do {
      at++;
    } while (at < all.size() && mark() == 0);
    return at < all.size();
  }

  @Override
  public int mark() {
    return marks.getOrDefault(all.get(at).id(), 0);
  }

  @Override
  public boolean isKeptAt(int position) {
    return position < order.keptSize() && order.keptAt(position).sameAs(all.get(at));
  }

  @Override
  public int number() {
    return at;
  }

  @Override
  public int principal() {
    return principals.indexOf(all.get(at).principal());
  }

  @Override
  public LogEntry entry(int number) {
    return all.get(number);
  }
}
