// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.meter;

import java.util.ArrayList;
import java.util.List;
import org.myrhiza.wasm.core.FunctionType;
import org.myrhiza.wasm.core.ValueType;

/**
 * How rewritten functions call one another: both accounts go in as two more parameters, behind the
 * guest's, and the fuel comes back with the results. Only calls from outside and to imports use the
 * globals.
 *
 * <p>Two guest types never become the same type, so that indirect calls trap where the guest's
 * would.
 */
enum Convention {
  /** The fuel is the one result of a function without results. */
  ALONE,
  /** One {@code i32} is the high half of an {@code i64}, the fuel the low half. */
  PACKED,
  /** The fuel is one more result, the last. */
  LAST;

  /** The parameters that come behind the guest's: fuel and stack. */
  static final int PARAMS = 2;

  /** How functions with these results give the fuel back. */
  static Convention of(List<ValueType> results) {
    if (results.isEmpty()) {
      return ALONE;
    }
    return results.size() == 1 && results.getFirst() == ValueType.I32 ? PACKED : LAST;
  }

  /** The type that functions of a guest type get. */
  static FunctionType typeOf(FunctionType guest) {
    List<ValueType> params = new ArrayList<>(guest.params());
    params.add(ValueType.I32);
    params.add(ValueType.I32);
    List<ValueType> results = new ArrayList<>(guest.results());
    if (of(results) == PACKED) {
      results.set(0, ValueType.I64);
    } else {
      results.add(ValueType.I32);
    }
    return new FunctionType(params, results);
  }
}
