// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bench.component;

/** One of several ways to do the same work. */
public interface Contender {
  /** What it is called among the samples. */
  String name();

  /**
   * Does the work so many times and checks each result.
   *
   * @throws IllegalStateException if one is wrong
   */
  void run(int times);
}
