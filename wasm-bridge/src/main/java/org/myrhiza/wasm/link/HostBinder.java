// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.link;

import java.util.function.IntConsumer;
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

  /**
   * What happens when a guest gives up its last handle to something of the host's.
   *
   * @param resource the resource type that the component imports
   * @return takes the representation, or null when there is no resource type of that name
   */
  default @Nullable IntConsumer destructor(ImportedResource resource) {
    return null;
  }
}
