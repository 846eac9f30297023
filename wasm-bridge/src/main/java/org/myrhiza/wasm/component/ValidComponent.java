// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.component;

import java.util.Map;
import org.myrhiza.wasm.core.CoreModule;

/**
 * A component that was found valid.
 *
 * @param component its definitions
 * @param type what it imports and exports
 * @param modules its core modules, nested components' included, by the offset at which they begin
 */
public record ValidComponent(
    Component component, DefinedType.ComponentType type, Map<Integer, CoreModule> modules) {
  /** The core module that begins at an offset. */
  public CoreModule module(int offset) {
    CoreModule found = modules.get(offset);
    if (found == null) {
      throw new IllegalArgumentException("no core module begins at " + offset);
    }
    return found;
  }
}
