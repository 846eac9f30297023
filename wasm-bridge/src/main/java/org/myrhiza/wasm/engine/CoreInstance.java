// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.engine;

import org.jspecify.annotations.Nullable;

/** An instance of a core module. It lives as long as something refers to it. */
public interface CoreInstance {
  /**
   * An export.
   *
   * @param name the export's name
   * @return the same object each time, or null when there is none of that name
   */
  @Nullable CoreExtern export(String name);
}
