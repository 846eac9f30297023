// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.sim;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What can go wrong in a simulation, by name. */
public enum FaultKind {
  /** Frames take longer, and keep their order. */
  DELAY("delay"),
  /** Frames are lost. */
  LOSS("loss"),
  /** Frames arrive twice. */
  DUPLICATE("duplicate"),
  /** Frames are overtaken by later ones of the same sender. */
  REORDER("reorder"),
  /** Two groups cannot exchange frames for a while. */
  PARTITION("partition"),
  /** A peer ends without a word and starts again; a persist under way is not in its store. */
  CRASH("crash"),
  /**
   * A peer ends at a persist that was not completed: its batch, which is atomic, is absent, or
   * wholly there without having been acknowledged.
   */
  TORN_WRITE("torn-write"),
  /** A store refuses to write for a while. */
  FULL_DISK("full-disk"),
  /** A store acknowledges what vanishes at the next crash. */
  LYING_DISK("lying-disk"),
  /** A wall clock is wrong, and is set forwards and backwards. */
  CLOCK("clock"),
  /** Peers leave for a while, and new ones come late. */
  CHURN("churn"),
  /**
   * A key signs two events with one number: a cheat's, or that of a copied store. Or it is fenced,
   * by its own user or by the founder, and writes on.
   */
  FORK("fork"),
  /** A member sends junk. */
  FLOOD("flood"),
  /** A member announces events that it does not serve. */
  WITHHOLD("withhold"),
  /** A member tells heads that nobody has, and answers with nonsense. */
  LIE("lie"),
  /** Some peers run guests on another engine. */
  MIXED_ENGINES("mixed-engines");

  /** What {@code all} asks for. */
  public static final List<FaultKind> ALL = List.of(values());

  private final String word;

  FaultKind(String word) {
    this.word = word;
  }

  /** Its name on the command line, in scripts and in reports. */
  public String word() {
    return word;
  }

  /** The kind of that name; empty when there is none. */
  public static Optional<FaultKind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
  }
}
