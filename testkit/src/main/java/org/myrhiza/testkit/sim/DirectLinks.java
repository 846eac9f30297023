// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.sim;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.kernel.Effect;
import org.myrhiza.kernel.Input;
import org.myrhiza.kernel.LinkId;
import org.myrhiza.kernel.LinkKind;
import org.myrhiza.testkit.Seeded;

/**
 * Links that peers dial. Frames arrive once and in order as long as a link is up: what is lost on
 * the way is sent again and so comes late, or breaks the link. A partition breaks it too, as soon
 * as anything is said over it.
 */
final class DirectLinks {
  /** One in so many frames that are lost breaks the link. */
  private static final int BREAKS = 8;

  private static final int AGAIN_MILLIS = 150;

  private final SimClock clock;
  private final Weather weather;
  private final Seeded random;
  private final LongSupplier numbers;
  private final TreeMap<Long, End> ends = new TreeMap<>();
  private int count;

  /** A link as one side sees it. */
  private static final class End {
    private final SimPeer at;
    private final LinkId id;
    private @Nullable End other;
    private long lastArrival;

    private End(SimPeer at, long number) {
      this.at = at;
      id = new LinkId(number);
    }
  }

  /**
   * No links.
   *
   * @param numbers gives a number that no other link has
   */
  DirectLinks(SimClock clock, Weather weather, Seeded random, LongSupplier numbers) {
    this.clock = clock;
    this.weather = weather;
    this.random = random;
    this.numbers = numbers;
  }

  /** How many came up so far. */
  int count() {
    return count;
  }

  /** Tries an address once; both sides are told when it leads to the remote. */
  void dial(SimPeer from, Effect.Dial dial, Optional<SimPeer> listener) {
    int run = from.generation();
    clock.after(
        millis(),
        () -> {
          if (run == from.generation()) {
            listener
                .filter(to -> to.isUp() && to.transport().equals(dial.remote()))
                .filter(to -> !weather.parts(from.index(), to.index()))
                .ifPresentOrElse(to -> connect(from, to), () -> fail(from, dial));
          }
        });
  }

  private static void fail(SimPeer from, Effect.Dial dial) {
    from.tell(now -> new Input.DialFailed(now, dial.remote(), dial.address(), "nobody is there"));
  }

  private void connect(SimPeer from, SimPeer to) {
    End dialling = new End(from, numbers.getAsLong());
    End listening = new End(to, numbers.getAsLong());
    dialling.other = listening;
    listening.other = dialling;
    ends.put(dialling.id.number(), dialling);
    ends.put(listening.id.number(), listening);
    count++;
    up(dialling, to, true);
    up(listening, from, false);
  }

  private static void up(End end, SimPeer remote, boolean dialled) {
    end.at.later(
        List.of(now -> new Input.LinkUp(now, end.id, remote.transport(), LinkKind.QUIC, dialled)));
  }

  private long millis() {
    return 1L + weather.delayMillis();
  }

  /** Whether a link is one of these. */
  boolean has(LinkId link) {
    return ends.containsKey(link.number());
  }

  void send(LinkId link, Bytes frame) {
    End from = ends.get(link.number());
    if (from != null && from.other != null) {
      carry(from, from.other, frame);
    }
  }

  private void carry(End from, End to, Bytes frame) {
    long takes = millis();
    if (weather.parts(from.at.index(), to.at.index())) {
      end(from.id, "nothing comes through");
      return;
    }
    if (weather.strikes(FaultKind.LOSS)) {
      if (random.chance(1, BREAKS)) {
        end(from.id, "too much is lost");
        return;
      }
      takes += AGAIN_MILLIS;
    }
    to.lastArrival = Math.max(to.lastArrival, clock.now() + takes);
    clock.at(
        to.lastArrival,
        () -> {
          if (has(to.id)) {
            to.at.tell(now -> new Input.FrameArrived(now, to.id, frame));
          }
        });
  }

  /** Ends a link; who still runs is told. */
  void end(LinkId link, String why) {
    End here = ends.remove(link.number());
    if (here != null && here.other != null) {
      End there = here.other;
      ends.remove(there.id.number());
      down(here, why);
      down(there, why);
    }
  }

  private static void down(End end, String why) {
    end.at.later(List.of(now -> new Input.LinkDown(now, end.id, why)));
  }

  /** A peer is gone without a word. */
  void crashed(SimPeer peer) {
    List<End> its = ends.values().stream().filter(end -> end.at == peer).toList();
    its.forEach(end -> end(end.id, "the remote is gone"));
  }
}
