// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.link;

import org.jspecify.annotations.Nullable;

/** Where a component's imported functions come from. */
@FunctionalInterface
public interface HostBinder {
  /**
   * The body for an imported function.
   *
   * @param function what the component wants, its type included, which the binder checks
   * @return the body, or null when there is none of that name and type
   */
  @Nullable HostBody bind(ImportedFunction function);
}
