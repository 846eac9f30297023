// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.myrhiza.event.EventId;
import org.myrhiza.kernel.Reply;
import org.myrhiza.testkit.sim.SimPeer;

/** What users were told to be done, and what must have become of it in the end. */
final class Acknowledged {
  private final TreeMap<EventId, List<Told>> all = new TreeMap<>();
  private final Play play;

  /** Nothing was told yet. */
  Acknowledged(Play play) {
    this.play = play;
  }

  /** A peer told it; the app had accepted the event by then, or not. */
  private record Told(SimPeer peer, boolean accepted) {}

  /**
   * Notes what a user was told. A copy that does the same with the same clock, after the same
   * events, writes the very same event, and so two actions are one.
   */
  void add(SimPeer peer, Reply.Acted acted) {
    all.computeIfAbsent(acted.event(), _ -> new ArrayList<>())
        .add(new Told(peer, acted.verdict().accepted()));
  }

  /** A disk said to have written it and had not: then it may be gone where nobody else got it. */
  private static boolean isForgotten(EventId id, Told told) {
    return told.peer().store().forgotten().contains(id);
  }

  /**
   * What is missing among the events of a peer. What a forked key wrote is held if somebody
   * acknowledged it; else it is there under another id, unless the app refused it when it was
   * proposed again.
   *
   * @param there the events that a peer holds
   * @param mayFork the peers whose keys may have forked
   */
  List<EventId> missing(Set<EventId> there, List<SimPeer> mayFork) {
    List<EventId> missing = new ArrayList<>();
    all.forEach((id, tellings) -> {
      boolean excused =
          there.contains(id)
              || tellings.stream()
                  .allMatch(told ->
                      isForgotten(id, told)
                          || (mayFork.contains(told.peer()) && isDoneAgain(id, there, mayFork)));
      if (!excused) {
        missing.add(id);
      }
    });
    return missing;
  }

  private boolean isDoneAgain(EventId id, Set<EventId> there, List<SimPeer> mayFork) {
    for (SimPeer peer : mayFork) {
      Optional<EventId> again = peer.own().again(id);
      boolean found =
          again
              .filter(next -> there.contains(next) || isDoneAgain(next, there, mayFork))
              .isPresent();
      if (found || (mayBeRefused(id) && peer.own().refused().contains(id))) {
        return true;
      }
    }
    return false;
  }

  /** Whether the app may refuse now what it accepted once, or never accepted it. */
  private boolean mayBeRefused(EventId id) {
    return play.mayRefuse()
        || all.getOrDefault(id, List.of()).stream().anyMatch(told -> !told.accepted());
  }
}
