// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.compose;

/** Bounds of composing; those of the component that comes out hold besides. */
public final class Limits {
  /** Components that are linked at once: a tree has no more core instances than that. */
  public static final int PARTS = 64;

  private Limits() {}
}
