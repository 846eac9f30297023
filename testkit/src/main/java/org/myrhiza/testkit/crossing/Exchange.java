// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.crossing;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.component.FunctionType;
import org.myrhiza.wasm.component.ValueType;
import org.myrhiza.wasm.value.Value;

/**
 * One call of the guest, and through it of the host.
 *
 * @param type of both functions
 * @param arguments what the guest is given and hands on, one for each parameter
 * @param result what the host returns and the guest gives back; null where there is no result
 * @param postReturn whether the guest has a function to be called when its result was read
 * @param flawed what the guest gives instead: to the host for its only parameter, or back for its
 *     result without calling the host; null if it hands on what it is given
 */
public record Exchange(
    FunctionType type,
    List<Value> arguments,
    @Nullable Value result,
    boolean postReturn,
    @Nullable Flawed flawed) {
  /** Copies the list. */
  public Exchange {
    arguments = List.copyOf(arguments);
    if ((result == null) != (type.result() == null) || arguments.size() != type.params().size()) {
      throw new IllegalArgumentException("values that are not of " + type);
    }
  }

  /** An exchange whose guest hands on what it is given. */
  public Exchange(
      FunctionType type, List<Value> arguments, @Nullable Value result, boolean postReturn) {
    this(type, arguments, result, postReturn, null);
  }

  /** The parameters' types. */
  List<ValueType> paramTypes() {
    return type.params().stream().map(ValueType.Field::type).toList();
  }
}
