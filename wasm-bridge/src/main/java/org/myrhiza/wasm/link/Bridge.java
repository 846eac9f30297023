// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.link;

import org.myrhiza.wasm.engine.CoreSignature;

/** A core function that the bridge gives to the core modules of a component instance. */
sealed interface Bridge {
  /** The number of the component instance that calls it. */
  int caller();

  /** {@code canon lower}. */
  record Lowered(
      int caller, Entity.Function function, CoreSignature signature, Entity.Options options)
      implements Bridge {}

  /** {@code canon resource.new}. */
  record ResourceNew(int caller, int resource) implements Bridge {}

  /** {@code canon resource.drop}. */
  record ResourceDrop(int caller, int resource) implements Bridge {}

  /** {@code canon resource.rep}. */
  record ResourceRep(int caller, int resource) implements Bridge {}
}
