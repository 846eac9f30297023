// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.replay;

import org.myrhiza.event.EventId;
import org.myrhiza.state.ReadSet;

/**
 * What a start has to know of an event's result and patch, in seven bits: 1 to 5 for the kind of
 * its verdict, 0 for none; 8 if its run was told that its key did not fork, 16 if it was told that
 * it did; 32 if it was its principal's first; 64 if a patch is stored after it. A log keeps the
 * bits for each event, so that a start reads no results.
 *
 * @param event whose bits change
 * @param mask the bits that change
 * @param bits what they become
 */
public record Mark(EventId event, int mask, int bits) {
  private static final int KIND = 7;
  private static final int ASKED = 24;
  private static final int NOT_FORKED = 8;
  private static final int FORKED = 16;
  private static final int FIRST = 32;
  private static final int PATCHED = 64;
  private static final int RESULT = KIND | ASKED | FIRST;

  /** The result of an event, as it is stored from now on. */
  static Mark of(Applied applied) {
    Run run = applied.run();
    int told =
        switch (run.reads().forked()) {
          case NEVER -> 0;
          case NOT_FORKED -> NOT_FORKED;
          case FORKED -> FORKED;
        };
    int first = run.first() ? FIRST : 0;
    return new Mark(applied.id(), RESULT, run.verdict().kind().code() + 1 | told | first);
  }

  /** An event has no result from now on. */
  static Mark without(EventId event) {
    return new Mark(event, RESULT, 0);
  }

  /** A patch is stored after an event from now on, or no longer. */
  static Mark patched(EventId event, boolean isPatched) {
    return new Mark(event, PATCHED, isPatched ? PATCHED : 0);
  }

  /** Whether bits are those of some event. */
  static boolean isGood(int bits) {
    boolean result = (bits & RESULT) == 0 || hasResult(bits);
    return result && (bits & KIND) <= Verdict.Kind.COUNT && (bits & ASKED) != ASKED;
  }

  static boolean hasResult(int bits) {
    return (bits & KIND) != 0;
  }

  static boolean hasPatch(int bits) {
    return (bits & PATCHED) != 0;
  }

  /** The kind of the verdict, where there is one. */
  static Verdict.Kind kind(int bits) {
    return Verdict.Kind.of((bits & KIND) - 1);
  }

  static ReadSet.Asked asked(int bits) {
    return switch (bits & ASKED) {
      case NOT_FORKED -> ReadSet.Asked.NOT_FORKED;
      case FORKED -> ReadSet.Asked.FORKED;
      default -> ReadSet.Asked.NEVER;
    };
  }

  static boolean isFirst(int bits) {
    return (bits & FIRST) != 0;
  }
}
