// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.engine;

/** How an instantiation ended. */
public sealed interface Instantiation {
  /**
   * It is there.
   *
   * @param instance the new instance, its start function done
   */
  record Instantiated(CoreInstance instance) implements Instantiation {}

  /** A segment was out of bounds, or the start function trapped. */
  record Trapped() implements Instantiation {}

  /** A host function called by the start function answered {@link HostSignal#ABORT}. */
  record Aborted() implements Instantiation {}

  /**
   * The host could not: not prepared, an import missing or of another type, out of memory, a bug.
   *
   * @param reason for a log, in words
   */
  record Failed(String reason) implements Instantiation {}
}
