// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.fuzz;

import java.util.Locale;

/** The functions that the host gives to each module, in the order of their indices. */
enum HostImport {
  /** Computes. */
  MIX(0, "il", "l"),
  /** Reads four bytes of memory; a wrong address aborts. */
  PEEK(1, "i", "i"),
  /** Writes four bytes of memory; a wrong address aborts. */
  POKE(2, "ii", ""),
  /** Charges what it is asked to. */
  CHARGE(3, "l", ""),
  /** Returns, rejects or aborts by its argument. */
  JUDGE(4, "i", "i"),
  /** Calls the guest again. */
  AGAIN(5, "i", "i");

  /** The module name of all of them. */
  static final String MODULE = "host";

  private final int index;
  private final String params;
  private final String results;

  HostImport(int index, String params, String results) {
    this.index = index;
    this.params = params;
    this.results = results;
  }

  /** The index of the function in each module. */
  int index() {
    return index;
  }

  Signature signature() {
    return new Signature(params, results);
  }

  String field() {
    return name().toLowerCase(Locale.ROOT);
  }
}
