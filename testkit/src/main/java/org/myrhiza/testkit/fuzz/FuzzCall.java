// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.fuzz;

import org.myrhiza.testkit.Seeded;

/** One call of an exported function. */
final class FuzzCall {
  private final int function;
  private final long[] arguments;

  /**
   * A call.
   *
   * @param function the number behind {@code f}
   * @param arguments one slot for each parameter
   */
  FuzzCall(int function, long... arguments) {
    this.function = function;
    this.arguments = arguments;
  }

  int function() {
    return function;
  }

  long[] arguments() {
    return arguments;
  }

  static FuzzCall random(Seeded random, int function, Signature signature) {
    String params = signature.params();
    long[] arguments = new long[params.length()];
    for (int i = 0; i < arguments.length; i++) {
      boolean small = random.nextBoolean();
      arguments[i] =
          small
              ? random.nextInt(40)
              : params.charAt(i) == 'i' ? Expressions.number(random) : Expressions.wide(random);
    }
    return new FuzzCall(function, arguments);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("f" + function + "(");
    for (int i = 0; i < arguments.length; i++) {
      text.append(i == 0 ? "" : ",").append(arguments[i]);
    }
    return text.append(')').toString();
  }
}
