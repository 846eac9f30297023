// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.link;

import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.abi.AbiStop;
import org.myrhiza.wasm.abi.Fuel;
import org.myrhiza.wasm.engine.CallOutcome;
import org.myrhiza.wasm.engine.CoreGlobal;
import org.myrhiza.wasm.engine.Engine;
import org.myrhiza.wasm.engine.ValueKind;
import org.myrhiza.wasm.meter.Accounts;

/**
 * The one fuel and stack account of a component tree, and how the call that runs now has ended, if
 * a host function or a crossing ended it.
 */
final class Account implements HostCall {
  private static final String NO_STACK = "the native stack is exhausted";

  private final boolean metered;
  private final CoreGlobal fuelGlobal;
  private final Fuel fuel;
  private final CoreGlobal stack;
  private @Nullable CallResult ended;

  /** The last budget, and the same as an int where it fits, else -1: a page counts longs slowly. */
  private long budget;

  private int smallBudget;
  private boolean imports;
  private int caller;

  Account(Engine engine, boolean metered) {
    this.metered = metered;
    this.fuelGlobal = engine.hostGlobal(ValueKind.I64, 0);
    this.fuel = new Fuel(fuelGlobal);
    this.stack = engine.hostGlobal(ValueKind.I32, Accounts.STACK_EMPTY);
  }

  /** The fuel as the host uses it. */
  Fuel fuel() {
    return fuel;
  }

  /** The fuel as guests use it. */
  CoreGlobal fuelGlobal() {
    return fuelGlobal;
  }

  CoreGlobal stack() {
    return stack;
  }

  /**
   * Opens the account for an outermost call or an instantiation.
   *
   * @param budget fuel
   * @param importsAllowed whether imports may be called at all
   * @throws IllegalArgumentException if metered code could not count the budget
   */
  void open(long budget, boolean importsAllowed) {
    if (budget != this.budget) {
      if (metered && budget > Accounts.MOST_FUEL) {
        throw new IllegalArgumentException("a budget of " + budget + " is above 2^31 - 1");
      }
      this.budget = budget;
      smallBudget = budget >= 0 && budget <= Integer.MAX_VALUE ? (int) budget : -1;
    }
    if (smallBudget >= 0) {
      fuel.setSmall(smallBudget);
    } else {
      fuel.set(budget);
    }
    stack.setSmall(Accounts.STACK_EMPTY);
    ended = null;
    imports = importsAllowed;
  }

  /** What the call has used of its budget. */
  long used() {
    int left = smallBudget >= 0 ? fuel.smallLeft() : -1;
    return left >= 0 ? smallBudget - left : budget - fuel.left();
  }

  /** Says which component instance calls the host next. */
  void setCaller(int number) {
    caller = number;
  }

  @Override
  public int caller() {
    return caller;
  }

  boolean allowsImports() {
    return imports;
  }

  boolean hasEnded() {
    return ended != null;
  }

  @Override
  public boolean charge(long units) {
    if (!fuel.charge(units)) {
      end(new CallResult.OutOfFuel());
      return false;
    }
    return true;
  }

  @Override
  public void reject(String reason) {
    end(new CallResult.Rejected(reason));
  }

  @Override
  public void fail(String reason) {
    end(new CallResult.HostFailure(reason));
  }

  /** Remembers how the call ended; the first end counts. */
  void end(CallResult result) {
    if (ended == null) {
      ended = result;
    }
  }

  void end(AbiStop stop) {
    end(
        switch (stop.reason()) {
          case AbiStop.Cause.BrokenRule r -> new CallResult.Trapped(TrapKind.ABI);
          case AbiStop.Cause.Reentrance r -> new CallResult.Trapped(TrapKind.REENTRANCE);
          case AbiStop.Cause.OutOfFuel o -> new CallResult.OutOfFuel();
          case AbiStop.Cause.Guest g -> ended(g.outcome());
          case AbiStop.Cause.HostBug b -> new CallResult.HostFailure(b.what());
        });
  }

  /** What a call into the guest that did not return means. */
  CallResult ended(CallOutcome outcome) {
    CallResult before = ended;
    if (before != null) {
      return before;
    }
    return switch (outcome) {
      case CallOutcome.Returned r -> new CallResult.HostFailure("no end was told");
      case CallOutcome.Aborted a -> new CallResult.HostFailure("aborted without a reason");
      case CallOutcome.Failed f -> new CallResult.HostFailure(f.reason());
      case CallOutcome.Trapped t -> trapped();
      case CallOutcome.Exhausted e -> exhausted();
    };
  }

  /** Where code keeps accounts these end first; so it was not the guest that took the stack. */
  private CallResult exhausted() {
    return metered ? new CallResult.HostFailure(NO_STACK) : new CallResult.Trapped(TrapKind.STACK);
  }

  private CallResult trapped() {
    return switch (Accounts.classify(fuel.left(), (int) stack.get())) {
      case TRAP -> new CallResult.Trapped(TrapKind.INSTRUCTION);
      case OUT_OF_FUEL -> new CallResult.OutOfFuel();
      case OUT_OF_STACK -> new CallResult.Trapped(TrapKind.STACK);
      case NO_MEMORY -> new CallResult.HostFailure("memory could not grow");
    };
  }

  /** How the call ended; asked only after something ended it. */
  CallResult ending() {
    return ended == null ? new CallResult.HostFailure("no end was told") : ended;
  }
}
