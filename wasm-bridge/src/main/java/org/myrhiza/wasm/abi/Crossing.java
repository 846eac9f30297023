// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.abi;

import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.component.StringEncoding;
import org.myrhiza.wasm.engine.CallOutcome;
import org.myrhiza.wasm.engine.CoreFunction;
import org.myrhiza.wasm.engine.CoreMemory;
import org.myrhiza.wasm.engine.Slots;

/**
 * One side of the boundary while values cross it: the guest's memory, its {@code realloc}, and the
 * fuel account, out of which every byte of a list or string is paid before it is touched. Without
 * that price a guest could make the host copy the same megabytes for a few units, again and again.
 *
 * <p>It may be used again and again.
 */
public final class Crossing {
  /** Fuel for each byte of a list or string, lifted or lowered. */
  public static final int FUEL_PER_BYTE = 1;

  private final @Nullable CoreMemory memory;
  private final @Nullable CoreFunction realloc;
  private final StringEncoding encoding;
  private final Handles handles;
  private final Fuel fuel;
  private final Slots reallocArguments = Slots.ofInts(4);
  private final Slots reallocResult = Slots.ofInts(1);

  /** Whether the last allocation was of something that moves: else the first arguments are zero. */
  private boolean reallocMoves;

  /**
   * One side's canonical options.
   *
   * @param memory where lists and strings lie; null where types need none
   * @param realloc the guest's allocator; null where types need none
   * @param encoding how strings lie there
   */
  public record Side(
      @Nullable CoreMemory memory, @Nullable CoreFunction realloc, StringEncoding encoding) {}

  /**
   * A crossing that may be used again and again, by one thread.
   *
   * @param side the guest's options
   * @param handles the guest's handles
   * @param fuel the tree's fuel
   */
  public Crossing(Side side, Handles handles, Fuel fuel) {
    this.memory = side.memory();
    this.realloc = side.realloc();
    this.encoding = side.encoding();
    this.handles = handles;
    this.fuel = fuel;
  }

  StringEncoding encoding() {
    return encoding;
  }

  Handles handles() {
    return handles;
  }

  /**
   * Says for which call values cross next.
   *
   * @param scope the call that borrows; null where no borrow crosses
   */
  public void begin(Handles.@Nullable CallScope scope) {
    handles.setScope(scope);
  }

  /**
   * Pays.
   *
   * @param units not negative
   * @throws AbiStop when the account falls below zero
   */
  void charge(int units) throws AbiStop {
    if (!fuel.charge(units)) {
      throw AbiStop.outOfFuel();
    }
  }

  /** The memory; the linker has seen to it that it is there when a type needs it. */
  CoreMemory memory() throws AbiStop {
    if (memory == null) {
      throw AbiStop.bug("no memory option");
    }
    return memory;
  }

  /** Traps unless {@code length} bytes at {@code address} are inside and the address is aligned. */
  CoreMemory checked(int address, int length, int alignment) throws AbiStop {
    CoreMemory m = memory();
    if ((address & (alignment - 1)) != 0) {
      throw AbiStop.rule("address not aligned");
    }
    if (address < 0 || length < 0 || address > m.byteSize() - length) {
      throw AbiStop.rule("address outside memory");
    }
    return m;
  }

  /** Has the guest allocate; the result is aligned and inside its memory. */
  int allocate(int alignment, int length) throws AbiStop {
    return reallocate(0, 0, alignment, length);
  }

  /** Has the guest move what it allocated before; the result is aligned and inside its memory. */
  int reallocate(int old, int oldLength, int alignment, int length) throws AbiStop {
    if (realloc == null) {
      throw AbiStop.bug("no realloc option");
    }
    boolean moves = (old | oldLength) != 0;
    if (moves || reallocMoves) {
      reallocArguments.setInt(0, old);
      reallocArguments.setInt(1, oldLength);
      reallocMoves = moves;
    }
    reallocArguments.setInt(2, alignment);
    reallocArguments.setInt(3, length);
    fuel.release();
    CallOutcome outcome = realloc.call(reallocArguments, reallocResult);
    if (!(outcome instanceof CallOutcome.Returned)) {
      throw AbiStop.guest(outcome);
    }
    int address = reallocResult.getInt(0);
    checked(address, length, alignment);
    return address;
  }
}
