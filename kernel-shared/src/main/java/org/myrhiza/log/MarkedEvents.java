// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

/** The valid events that have a mark, one after the other in canonical order. */
public interface MarkedEvents {
  /** Goes on to the next; returns whether there is one. */
  boolean next();

  /** Returns its mark, 1 to 127. */
  int mark();

  /** Returns whether it is the kept event at a position of the kept order, from 0. */
  boolean isKeptAt(int position);

  /** Returns a number for it, for {@link #entry}. */
  int number();

  /** Returns a number for its principal, from 0, the same for all events of one. */
  int principal();

  /** Returns an event that was come by. */
  LogEntry entry(int number);
}
