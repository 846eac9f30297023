// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.core;

import java.util.List;

/**
 * What a core function takes and gives.
 *
 * @param params the parameters, in order
 * @param results the results, in order
 */
public record FunctionType(List<ValueType> params, List<ValueType> results) {
  /** Copies both lists. */
  public FunctionType {
    params = List.copyOf(params);
    results = List.copyOf(results);
  }
}
