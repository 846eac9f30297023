// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.engine;

import java.util.List;

/**
 * Parameter and result types of a core function.
 *
 * @param params the parameters, in order
 * @param results the results, in order
 */
public record CoreSignature(List<ValueKind> params, List<ValueKind> results) {
  /** Copies both lists. */
  public CoreSignature {
    params = List.copyOf(params);
    results = List.copyOf(results);
  }
}
