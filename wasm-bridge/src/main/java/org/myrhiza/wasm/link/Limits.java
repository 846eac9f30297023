// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.link;

/** Bounds of linking and of running. */
public final class Limits {
  /** Core instances of one component tree; wit-component makes three. */
  public static final int CORE_INSTANCES = 64;

  /** Definitions evaluated while linking: nested components may be instantiated many times. */
  public static final int EVALUATIONS = 200_000;

  /** Components instantiated inside each other; a component may reach itself by an outer alias. */
  public static final int INSTANTIATION_DEPTH = 16;

  /** Pages of all memories of a tree at their declared maximum: 64 MiB (rules, section 9). */
  public static final int MEMORY_PAGES = 1_024;

  /** Fuel for instantiating a tree: start functions and initialisers; a budget of its own. */
  public static final long INSTANTIATION_FUEL = 10_000_000L;

  /** Component instances of one tree. */
  public static final int COMPONENT_INSTANCES = 256;

  /** Core modules of one tree: an engine keeps three components' modules at once. */
  public static final int CORE_MODULES = 64;

  private Limits() {}
}
