// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.meter;

import org.myrhiza.wasm.binary.ByteWriter;
import org.myrhiza.wasm.core.Instructions;

/** Writes the instructions that metering adds. */
final class Code {
  /** Indices of the two accounts: they are the first imported globals. */
  private static final int FUEL_GLOBAL = 0;

  private static final int STACK_GLOBAL = 1;

  private static final int EMPTY_BLOCK = 0x40;
  private static final int I32_RESULT = 0x7F;

  private static final int I32_EQ = 0x46;
  private static final int I64_LT_S = 0x53;
  private static final int I64_GT_U = 0x56;
  private static final int I32_ADD = 0x6A;
  private static final int I32_SUB = 0x6B;
  private static final int I32_AND = 0x71;
  private static final int I64_ADD = 0x7C;
  private static final int I64_SUB = 0x7D;
  private static final int I64_MUL = 0x7E;
  private static final int I64_SHR_U = 0x88;
  private static final int I64_EXTEND_I32_U = 0xAD;

  private final ByteWriter out = new ByteWriter();
  private final int fuelLocal;

  Code(int fuelLocal) {
    this.fuelLocal = fuelLocal;
  }

  ByteWriter bytes() {
    return out;
  }

  private void op(int code) {
    out.u8(code);
  }

  private void op(int code, int index) {
    out.u8(code).u32(index);
  }

  private void i32(int value) {
    out.u8(Instructions.I32_CONST).s32(value);
  }

  private void i64(long value) {
    out.u8(Instructions.I64_CONST).s64(value);
  }

  void openBlock() {
    out.u8s(Instructions.BLOCK, EMPTY_BLOCK);
  }

  void end() {
    op(Instructions.END);
  }

  void branch(int depth) {
    op(Instructions.BR, depth);
  }

  void doReturn() {
    op(Instructions.RETURN);
  }

  /** Takes the fuel from its account, less a price. */
  void loadFuel(long price) {
    op(Instructions.GLOBAL_GET, FUEL_GLOBAL);
    if (price != 0) {
      i64(price);
      op(I64_SUB);
    }
    op(Instructions.LOCAL_SET, fuelLocal);
  }

  /** Puts the fuel into its account, less a price; the local keeps what it has. */
  void storeFuel(long price) {
    op(Instructions.LOCAL_GET, fuelLocal);
    if (price != 0) {
      i64(price);
      op(I64_SUB);
    }
    op(Instructions.GLOBAL_SET, FUEL_GLOBAL);
  }

  /** Takes a price from the local. */
  void charge(long price) {
    if (price == 0) {
      return;
    }
    op(Instructions.LOCAL_GET, fuelLocal);
    i64(price);
    op(I64_SUB);
    op(Instructions.LOCAL_SET, fuelLocal);
  }

  /** Takes a price from the local and branches when that left less than nothing. */
  void chargeAndCheck(long price, int depth) {
    op(Instructions.LOCAL_GET, fuelLocal);
    if (price != 0) {
      i64(price);
      op(I64_SUB);
      op(Instructions.LOCAL_TEE, fuelLocal);
    }
    branchIfNegative(depth);
  }

  /**
   * Takes a price and one for the length in a local, in units of {@code 2^shift}, and branches when
   * that left less than nothing.
   */
  void chargeLengthAndCheck(long price, int lengthLocal, int shift, int depth) {
    op(Instructions.LOCAL_GET, fuelLocal);
    i64(price);
    op(I64_SUB);
    loadUnsigned(lengthLocal);
    if (shift != 0) {
      i64(shift);
      op(I64_SHR_U);
    }
    op(I64_SUB);
    op(Instructions.LOCAL_TEE, fuelLocal);
    branchIfNegative(depth);
  }

  private void branchIfNegative(int depth) {
    i64(0);
    op(I64_LT_S);
    op(Instructions.BR_IF, depth);
  }

  private void loadUnsigned(int local) {
    op(Instructions.LOCAL_GET, local);
    op(I64_EXTEND_I32_U);
  }

  void setLocal(int local) {
    op(Instructions.LOCAL_SET, local);
  }

  void teeLocal(int local) {
    op(Instructions.LOCAL_TEE, local);
  }

  /** Adds to the stack account. */
  void pushStack(int cost) {
    op(Instructions.GLOBAL_GET, STACK_GLOBAL);
    i32(cost);
    op(I32_ADD);
    op(Instructions.GLOBAL_SET, STACK_GLOBAL);
  }

  /** Takes from the stack account. */
  void popStack(int cost) {
    op(Instructions.GLOBAL_GET, STACK_GLOBAL);
    i32(cost);
    op(I32_SUB);
    op(Instructions.GLOBAL_SET, STACK_GLOBAL);
  }

  /** Branches when the stack account passed a limit. */
  void checkStack(int depth) {
    op(Instructions.GLOBAL_GET, STACK_GLOBAL);
    i32(Accounts.STACK_GUARDS);
    op(I32_AND);
    op(Instructions.BR_IF, depth);
  }

  /** Writes the fuel back and traps: the one place where a function gives up. */
  void giveUp() {
    storeFuel(0);
    op(Instructions.UNREACHABLE);
  }

  /**
   * Pays for growth, answers -1 where the maximum forbids it, and gives up where the engine refuses
   * what the maximum allows.
   *
   * @param price what is to be paid besides the pages
   * @param delta an i32 local that holds the pages to grow by
   * @param old another i32 local
   * @param maxPages the memory's maximum
   * @param depth the label at which the function gives up
   */
  void grow(long price, int delta, int old, long maxPages, int depth) {
    op(Instructions.LOCAL_GET, fuelLocal);
    i64(price);
    op(I64_SUB);
    loadUnsigned(delta);
    i64(FuelTable.GROW_PAGE);
    op(I64_MUL);
    op(I64_SUB);
    op(Instructions.LOCAL_TEE, fuelLocal);
    branchIfNegative(depth);
    loadUnsigned(delta);
    out.u8s(Instructions.MEMORY_SIZE, 0);
    op(I64_EXTEND_I32_U);
    op(I64_ADD);
    i64(maxPages);
    op(I64_GT_U);
    out.u8s(Instructions.IF, I32_RESULT);
    i32(-1);
    op(Instructions.ELSE);
    op(Instructions.LOCAL_GET, delta);
    out.u8s(Instructions.MEMORY_GROW, 0);
    op(Instructions.LOCAL_TEE, old);
    i32(-1);
    op(I32_EQ);
    out.u8s(Instructions.IF, EMPTY_BLOCK);
    i64(Accounts.NO_MEMORY);
    op(Instructions.LOCAL_SET, fuelLocal);
    branch(depth + 2);
    end();
    op(Instructions.LOCAL_GET, old);
    end();
  }
}
