// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.link;

/** Bounds of linking and of running. */
public final class Limits {
  /** Core instances of one component tree; wit-component makes three. */
  public static final int CORE_INSTANCES = 64;

  /**
   * Definitions evaluated while linking, their arguments and inline exports counted, and what the
   * tree imports and exports: nested components may be instantiated many times, and instances share
   * parts.
   */
  public static final int EVALUATIONS = 200_000;

  /** Components instantiated inside each other; a component may reach itself by an outer alias. */
  public static final int INSTANTIATION_DEPTH = 16;

  /** Pages of all memories of a tree at their declared maximum: 64 MiB (rules, section 9). */
  public static final int MEMORY_PAGES = 1_024;

  /** Elements of all tables of a tree at their declared minimum. */
  public static final int TABLE_ELEMENTS = 1 << 20;

  /** Characters of a name made of the names of instances inside each other. */
  public static final int JOINED_NAME = 2_048;

  /** Fuel for instantiating a tree: start functions and initialisers; a budget of its own. */
  public static final long INSTANTIATION_FUEL = 10_000_000L;

  /** Component instances of one tree. */
  public static final int COMPONENT_INSTANCES = 256;

  /** Core modules of one tree: an engine keeps three components' modules at once. */
  public static final int CORE_MODULES = 64;

  private Limits() {}
}
