// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bench.component;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.link.CallResult;
import org.myrhiza.wasm.link.ExportedFunction;
import org.myrhiza.wasm.link.Session;
import org.myrhiza.wasm.value.Value;

/** Calls one exported function of a component over and over. */
final class Calling implements Contender {
  /** More than any call here uses. */
  static final long BUDGET = 1_000_000;

  private final String name;
  private final Way way;
  private final Session session;
  private final ExportedFunction function;
  private final Value[] arguments;
  private final Expected expected;
  private long fuel;

  /** Whether a call finds the image or what the call before left. */
  enum Way {
    /** As replay calls: on a fresh image. */
    RESTORED(".restored"),
    /** As a component's life has it. */
    PROCEEDING(".proceeding");

    private final String suffix;

    Way(String suffix) {
      this.suffix = suffix;
    }

    /** What the names of samples end with. */
    String suffix() {
      return suffix;
    }
  }

  /** Says whether a result is right. */
  interface Expected {
    boolean isIt(@Nullable Value result);
  }

  Calling(String name, Way way, Session session, Call call) {
    this.name = name;
    this.way = way;
    this.session = session;
    this.function = call.function();
    this.arguments = call.arguments().toArray(new Value[0]);
    this.expected = call.expected();
  }

  /** What is called, with what, and what has to come. */
  record Call(ExportedFunction function, List<Value> arguments, Expected expected) {}

  @Override
  public String name() {
    return name;
  }

  /** What the last call used. */
  long fuel() {
    return fuel;
  }

  @Override
  public void run(int times) {
    if (way == Way.RESTORED) {
      for (int i = 0; i < times; i++) {
        check(session.call(function, arguments, BUDGET));
      }
    } else {
      for (int i = 0; i < times; i++) {
        check(session.proceed(function, arguments, BUDGET));
      }
    }
  }

  private void check(CallResult result) {
    if (!(result instanceof CallResult.Returned returned) || !expected.isIt(returned.value())) {
      throw new IllegalStateException(name + " answered " + result);
    }
    fuel = returned.fuel();
  }
}
