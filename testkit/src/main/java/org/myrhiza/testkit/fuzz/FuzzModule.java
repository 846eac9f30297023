// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.fuzz;

import java.util.List;

/** What a seed makes: a core module that uses everything in the deterministic set. */
public final class FuzzModule {
  private final long seed;
  private final byte[] bytes;
  private final List<Signature> exports;
  private final String globals;

  FuzzModule(long seed, byte[] bytes, List<Signature> exports, String globals) {
    this.seed = seed;
    this.bytes = bytes;
    this.exports = List.copyOf(exports);
    this.globals = globals;
  }

  /** The module of a seed, the same on each stack. */
  public static FuzzModule of(long seed) {
    return new ModuleGenerator(seed).generate();
  }

  /** What decides everything. */
  public long seed() {
    return seed;
  }

  /** The guest's bytes, not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  /** Functions that calls are made to: number N is exported as {@code fN}. */
  List<Signature> exports() {
    return exports;
  }

  /** Letters of the mutable globals: number N is exported as {@code gN}. */
  String globals() {
    return globals;
  }
}
