// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.sim;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import org.myrhiza.testkit.Seeded;

/** Faults that last for a while and strike frames on their way. */
public final class Weather {
  private static final int MILLE = 1_000;

  private final SimClock clock;
  private final Injected injected;
  private final Seeded random;
  private final EnumMap<FaultKind, Seeded> chances = new EnumMap<>(FaultKind.class);
  private final List<Spell> spells = new ArrayList<>();

  Weather(SimClock clock, Injected injected, Seeded random) {
    this.clock = clock;
    this.injected = injected;
    this.random = random;
  }

  /**
   * A fault that lasts.
   *
   * @param kind which
   * @param peer where it strikes; of a partition the first of the group that is cut off
   * @param strength how bad: frames of a thousand, greatest milliseconds, or the group's size
   * @param untilMillis when it ends
   */
  private record Spell(FaultKind kind, int peer, int strength, long untilMillis) {}

  /**
   * Begins a fault that lasts.
   *
   * @param kind one of delay (strength: greatest milliseconds), loss, duplicate, reorder (strength:
   *     frames of a thousand) and partition (strength: size of the group, of which the peer is the
   *     first)
   * @param peer the peer's number
   * @param strength how bad, above 0
   * @param millis how long
   */
  public void begin(FaultKind kind, int peer, int strength, long millis) {
    spells.removeIf(spell -> spell.untilMillis < clock.now());
    spells.add(new Spell(kind, peer, strength, clock.now() + millis));
  }

  /** Ends everything that lasts. */
  public void clear() {
    spells.clear();
  }

  /** The greatest strength of a kind at this moment, 0 when there is none of it. */
  private int strength(FaultKind kind) {
    int most = 0;
    for (Spell spell : spells) {
      if (spell.kind == kind && spell.untilMillis >= clock.now()) {
        most = Math.max(most, spell.strength);
      }
    }
    return most;
  }

  /** The chance of a kind, of its own, so that one fault does not shift another. */
  private Seeded chanceOf(FaultKind kind) {
    return chances.computeIfAbsent(kind, fault -> random.fork(fault.word()));
  }

  /** Whether a fault with a probability happens now; counts it if so. */
  boolean strikes(FaultKind kind) {
    int perMille = strength(kind);
    if (perMille == 0 || !chanceOf(kind).chance(perMille, MILLE)) {
      return false;
    }
    injected.add(kind);
    return true;
  }

  /** Milliseconds that the next frame takes longer. */
  int delayMillis() {
    int most = strength(FaultKind.DELAY);
    if (most == 0) {
      return 0;
    }
    injected.add(FaultKind.DELAY);
    return 1 + chanceOf(FaultKind.DELAY).nextInt(most);
  }

  /** Milliseconds by which a frame that is to be overtaken is held back. */
  int heldMillis() {
    return 1 + chanceOf(FaultKind.REORDER).nextInt(MILLE);
  }

  /** Whether two peers cannot exchange frames now; counts it if so. */
  boolean parts(int from, int to) {
    for (Spell spell : spells) {
      if (spell.kind == FaultKind.PARTITION
          && spell.untilMillis >= clock.now()
          && inGroup(spell, from) != inGroup(spell, to)) {
        injected.add(FaultKind.PARTITION);
        return true;
      }
    }
    return false;
  }

  private static boolean inGroup(Spell spell, int peer) {
    return peer >= spell.peer && peer < spell.peer + spell.strength;
  }
}
