// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.component;

/** What an entry of a core type index space stands for. */
public sealed interface CoreType permits ModuleType, CoreType.OfFunction {
  /** A function type. */
  record OfFunction(org.myrhiza.wasm.core.FunctionType type) implements CoreType {}
}
