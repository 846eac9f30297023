// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.meter;

/**
 * The two mutable globals that all rewritten core modules of one component tree import, and that
 * guests cannot name.
 *
 * <p><b>Fuel</b> ({@code i64}): what is left. The host sets it to the budget before a call, at most
 * {@link #MOST_FUEL}. Rewritten functions hand it on as a parameter and a result of 32 bits; in the
 * global it is before every call of an import, after a return to the outside, and when they give
 * up. Below zero is out of fuel. {@link #NO_MEMORY} says that the host refused memory that the
 * module's maximum allows.
 *
 * <p><b>Stack</b> ({@code i32}): slots used in the low half, frames used in the high half, each
 * counted up from a start chosen so that the half's top bit becomes set with the first slot or
 * frame too many. One mask then tests both limits, and the halves cannot run into each other: a
 * frame takes at most {@link #MAX_FRAME_COST} slots.
 *
 * <p>After a call that did not return both accounts mean nothing except through {@link #classify}.
 */
public final class Accounts {
  /** What the names of imports and exports that guests may not use begin with. */
  public static final String RESERVED_PREFIX = "myrhiza!";

  /** The module name of both imports. */
  public static final String MODULE = RESERVED_PREFIX + "account";

  /** The field name of the fuel account. */
  public static final String FUEL = "fuel";

  /** The field name of the stack account. */
  public static final String STACK = "stack";

  /** The greatest budget: rewritten functions count in 32 bits. */
  public static final int MOST_FUEL = Integer.MAX_VALUE;

  /** The fuel account when the host refused to grow a memory below its maximum. */
  public static final long NO_MEMORY = Long.MIN_VALUE;

  /** One frame in the stack account. */
  static final int ONE_FRAME = 1 << 16;

  /** The bits of the stack account that say that a limit was passed. */
  static final int STACK_GUARDS = 0x8000_8000;

  /** The stack account with nothing used; the host sets it before an outermost call. */
  public static final int STACK_EMPTY =
      (0x8000 - 1 - Limits.STACK_FRAMES) * ONE_FRAME + (0x8000 - 1 - Limits.STACK_SLOTS);

  /** The most that is charged for one frame; larger frames could not be entered either. */
  static final int MAX_FRAME_COST = Limits.STACK_SLOTS + 1;

  static {
    if (Limits.STACK_SLOTS + MAX_FRAME_COST >= 0x1_0000 - (0x8000 - 1 - Limits.STACK_SLOTS)) {
      throw new AssertionError("a frame could overflow the slots into the frames");
    }
  }

  private Accounts() {}

  /** Why a rewritten module ended by a trap instruction. */
  public enum End {
    /** The guest itself trapped. */
    TRAP,
    /** The fuel ran out. */
    OUT_OF_FUEL,
    /** Too many slots or frames. */
    OUT_OF_STACK,
    /** The host refused memory below the declared maximum: a host failure, never a verdict. */
    NO_MEMORY
  }

  /**
   * Tells the ends apart after the engine reported a trap, or the host aborted for want of fuel.
   *
   * @param fuel the fuel account
   * @param stack the stack account
   */
  public static End classify(long fuel, int stack) {
    if (fuel == NO_MEMORY) {
      return End.NO_MEMORY;
    }
    if ((stack & STACK_GUARDS) != 0) {
      return End.OUT_OF_STACK;
    }
    return fuel < 0 ? End.OUT_OF_FUEL : End.TRAP;
  }

  /** How many slots are in use. */
  public static int slotsUsed(int stack) {
    return (stack - STACK_EMPTY) & 0xFFFF;
  }

  /** How many frames are in use. */
  public static int framesUsed(int stack) {
    return (stack - STACK_EMPTY) >>> 16;
  }
}
