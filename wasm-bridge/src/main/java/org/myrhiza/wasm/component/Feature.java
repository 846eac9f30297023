// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.component;

/**
 * The features of the Component Model that the bridge recognises and does not have: a closed list.
 */
public final class Feature {
  /** Asynchronous functions and tasks. */
  public static final String ASYNC = "async";

  /** {@code stream}. */
  public static final String STREAMS = "streams";

  /** {@code future}. */
  public static final String FUTURES = "futures";

  /** {@code error-context}. */
  public static final String ERROR_CONTEXTS = "error contexts";

  /** Threads and what they share. */
  public static final String THREADS = "threads";

  /** Values as imports, exports and arguments. */
  public static final String VALUES = "values";

  /** Start functions of components. */
  public static final String START = "start";

  /** Values that the core garbage collector holds. */
  public static final String GC = "gc";

  private Feature() {}
}
