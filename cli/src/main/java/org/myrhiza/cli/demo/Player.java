// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.demo;

import java.util.List;
import org.myrhiza.cli.terminal.Failure;
import org.myrhiza.view.Field;

/** One peer of the demonstration, native or a page, as its user sees it. */
interface Player extends AutoCloseable {
  /** What a player shows of one instance. */
  record Seen(
      long events, long authored, long accepted, long rejected, long rollbacks, String digest) {
    /** Nothing is shown yet. */
    static final Seen NOTHING = new Seen(0, 0, 0, 0, 0, "");
  }

  /** Returns its name in the table. */
  String name();

  /** Returns {@code jvm} or {@code browser}. */
  String stack();

  /** Returns the name of its engine. */
  String engine();

  /** Joins an instance and answers its text id. */
  String join(Staged app) throws Failure;

  /** Does an action and returns when it is durable. */
  void act(String instance, String action, List<Field> fields) throws Failure;

  /** Returns what is shown of an instance now. */
  Seen seen(String instance) throws Failure;

  @Override
  void close();
}
