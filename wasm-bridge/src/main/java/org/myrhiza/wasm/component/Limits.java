// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.component;

/** Bounds on component binaries. All are checked before anything of that size is allocated. */
public final class Limits {
  /** Bytes of a whole component: the size of a bundle. */
  public static final int COMPONENT_BYTES = 16 * 1024 * 1024;

  /** Components inside components; real ones use two levels. */
  public static final int COMPONENT_DEPTH = 8;

  /** Items in any one vector of the format. */
  public static final int VECTOR_ITEMS = 10_000;

  /** Definitions in one binary, nested ones included. */
  public static final int DEFINITIONS = 100_000;

  /**
   * Parts of all vectors of one binary together: definitions, declarations, arguments, fields,
   * cases, labels. Bounds the memory that reading takes.
   */
  public static final int PARTS = 500_000;

  /** Core modules of one binary, nested ones included; real ones have fewer than ten. */
  public static final int CORE_MODULES = 128;

  /** Bytes of any name; the longest in use are interface names of some 60 bytes. */
  public static final int NAME_BYTES = 512;

  /** Instance and component types inside each other. */
  public static final int TYPE_SCOPE_DEPTH = 16;

  /**
   * Instance and component types inside each other after resolving, and instances inside instances;
   * bounds every recursion over them.
   */
  public static final int TYPE_DEPTH = 32;

  /**
   * Value types inside each other, after resolving; bounds every recursion over types and values.
   */
  public static final int VALUE_TYPE_DEPTH = 32;

  /**
   * Nodes of one value type written out as a tree: shared parts may otherwise grow exponentially.
   */
  public static final int VALUE_TYPE_NODES = 4_096;

  /** Parameters of a function; real ones have a handful. */
  public static final int PARAMS = 128;

  /** Labels of a flags type (Component Model: at most 32). */
  public static final int FLAGS = 32;

  /** Bytes of one element of a list must stay below this (CanonicalABI.md, Element Size). */
  public static final long ELEMENT_BYTES = 1L << 28;

  /** Visits of type nodes while one component is validated. */
  public static final int STEPS = 1_000_000;

  private Limits() {}
}
