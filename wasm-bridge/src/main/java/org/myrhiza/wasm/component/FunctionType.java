// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.component;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The type of a component function.
 *
 * @param params names and types, in order
 * @param result the result's type, or null for none
 */
public record FunctionType(List<ValueType.Field> params, @Nullable ValueType result)
    implements DefinedType {
  /** Copies the list. */
  public FunctionType {
    params = List.copyOf(params);
  }
}
