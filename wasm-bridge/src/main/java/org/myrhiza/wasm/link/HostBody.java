// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.link;

import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.value.Value;

/** The body of a typed host function. */
@FunctionalInterface
public interface HostBody {
  /**
   * Runs it. It does not call back into the guest and does not throw.
   *
   * @param arguments one for each parameter, of its type
   * @param call to charge fuel and to end the guest's call
   * @return the result, of its type; null for a function without one, and after {@code call} said
   *     that the call ended
   */
  @Nullable Value run(Value[] arguments, HostCall call);
}
