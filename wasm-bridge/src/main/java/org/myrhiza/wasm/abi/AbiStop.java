// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.abi;

import org.myrhiza.wasm.engine.CallOutcome;

/** Ends a crossing: the guest broke the ABI, ran out, or a call into it did not return. */
public final class AbiStop extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Cause cause;

  private AbiStop(Cause cause) {
    super(cause.toString(), null, false, false);
    this.cause = cause;
  }

  /** Why a crossing ended. */
  public sealed interface Cause {
    /** The guest handed over something that the Canonical ABI traps on. */
    record BrokenRule(String rule) implements Cause {}

    /** A component instance would have been entered from inside or around itself. */
    record Reentrance() implements Cause {}

    /** The fuel account fell below zero. */
    record OutOfFuel() implements Cause {}

    /** A call into the guest did not return. */
    record Guest(CallOutcome outcome) implements Cause {}

    /** The host gave a value that is not of the type: a bug of the host. */
    record HostBug(String what) implements Cause {}
  }

  /** Why. */
  public Cause reason() {
    return cause;
  }

  /** The guest would enter a component instance that it must not. */
  public static AbiStop reentrance() {
    return new AbiStop(new Cause.Reentrance());
  }

  static AbiStop rule(String rule) {
    return new AbiStop(new Cause.BrokenRule(rule));
  }

  static AbiStop outOfFuel() {
    return new AbiStop(new Cause.OutOfFuel());
  }

  /** A call into the guest did not return. */
  public static AbiStop guest(CallOutcome outcome) {
    return new AbiStop(new Cause.Guest(outcome));
  }

  /** The host did what it must not. */
  public static AbiStop bug(String what) {
    return new AbiStop(new Cause.HostBug(what));
  }
}
