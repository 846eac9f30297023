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

  /** By how much a packed result is shifted to get at its fuel. */
  private static final int HALF = 32;

  private static final int SELECT = 0x1B;
  private static final int I32_EQ = 0x46;
  private static final int I32_LT_S = 0x48;
  private static final int I64_GT_S = 0x55;
  private static final int I64_GT_U = 0x56;
  private static final int I32_ADD = 0x6A;
  private static final int I32_SUB = 0x6B;
  private static final int I32_AND = 0x71;
  private static final int I32_SHR_U = 0x76;
  private static final int I64_ADD = 0x7C;
  private static final int I64_SUB = 0x7D;
  private static final int I64_MUL = 0x7E;
  private static final int I64_OR = 0x84;
  private static final int I64_SHL = 0x86;
  private static final int I64_SHR_U = 0x88;
  private static final int I32_WRAP_I64 = 0xA7;
  private static final int I64_EXTEND_I32_S = 0xAC;
  private static final int I64_EXTEND_I32_U = 0xAD;

  private final ByteWriter out = new ByteWriter();
  private final int fuelLocal;
  private final int stackLocal;

  /** {@code fuelLocal}: the parameter that has the fuel; the stack is in the next. */
  Code(int fuelLocal) {
    this.fuelLocal = fuelLocal;
    this.stackLocal = fuelLocal + 1;
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

  private void get(int local) {
    op(Instructions.LOCAL_GET, local);
  }

  void setLocal(int local) {
    op(Instructions.LOCAL_SET, local);
  }

  void teeLocal(int local) {
    op(Instructions.LOCAL_TEE, local);
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

  /** Pushes the fuel, less a price; the local keeps what it has. */
  private void pushFuel(int price) {
    get(fuelLocal);
    if (price != 0) {
      i32(price);
      op(I32_SUB);
    }
  }

  /** Takes a price from the fuel. */
  void charge(int price) {
    if (price != 0) {
      pushFuel(price);
      setLocal(fuelLocal);
    }
  }

  /** Branches when the fuel is below zero. */
  void check(int depth) {
    get(fuelLocal);
    branchIfBelow(0, depth);
  }

  /** Takes a price from the fuel and branches when that left less than nothing. */
  void chargeAndCheck(int price, int depth) {
    chargeAhead(price, 0, depth);
  }

  /**
   * Takes a price from the fuel, and with it what is to be paid only later; branches when the price
   * alone left less than nothing.
   */
  void chargeAhead(int price, int later, int depth) {
    pushFuel(price + later);
    teeLocal(fuelLocal);
    branchIfBelow(-later, depth);
  }

  private void branchIfBelow(int bound, int depth) {
    i32(bound);
    op(I32_LT_S);
    op(Instructions.BR_IF, depth);
  }

  /**
   * Takes a price and one for a length in bytes, and branches when that left less than nothing.
   * What is left stays far above the least {@code i32}: a length costs less than 2^29.
   */
  void chargeBytesAndCheck(int price, int lengthLocal, int depth) {
    pushFuel(price);
    get(lengthLocal);
    i32(FuelTable.BULK_BYTES_SHIFT);
    op(I32_SHR_U);
    op(I32_SUB);
    teeLocal(fuelLocal);
    branchIfBelow(0, depth);
  }

  /**
   * Takes a price and one for each unit of a count, and branches when that left less than nothing.
   * That may be less than an {@code i32} holds; -1 stands for all of it.
   */
  void chargeCountAndCheck(int price, int countLocal, long each, int wideLocal, int depth) {
    get(fuelLocal);
    op(I64_EXTEND_I32_S);
    i64(price);
    op(I64_SUB);
    loadUnsigned(countLocal);
    if (each != 1) {
      i64(each);
      op(I64_MUL);
    }
    op(I64_SUB);
    teeLocal(wideLocal);
    i64(-1);
    get(wideLocal);
    i64(-1);
    op(I64_GT_S);
    op(SELECT);
    op(I32_WRAP_I64);
    teeLocal(fuelLocal);
    branchIfBelow(0, depth);
  }

  private void loadUnsigned(int local) {
    get(local);
    op(I64_EXTEND_I32_U);
  }

  /** Adds to the stack and branches when that passed a limit. */
  void pushStackAndCheck(int cost, int depth) {
    get(stackLocal);
    i32(cost);
    op(I32_ADD);
    teeLocal(stackLocal);
    i32(Accounts.STACK_GUARDS);
    op(I32_AND);
    op(Instructions.BR_IF, depth);
  }

  /** Takes from the stack. */
  void popStack(int cost) {
    get(stackLocal);
    i32(cost);
    op(I32_SUB);
    setLocal(stackLocal);
  }

  /** Puts both accounts where the host finds them. */
  void storeAccounts() {
    get(fuelLocal);
    op(I64_EXTEND_I32_S);
    op(Instructions.GLOBAL_SET, FUEL_GLOBAL);
    get(stackLocal);
    op(Instructions.GLOBAL_SET, STACK_GLOBAL);
  }

  /** Takes the fuel as the host left it. */
  void loadFuel() {
    op(Instructions.GLOBAL_GET, FUEL_GLOBAL);
    op(I32_WRAP_I64);
    setLocal(fuelLocal);
  }

  /** Gives both accounts to a call, the fuel less a price. */
  void passAccounts(int price) {
    pushFuel(price);
    get(stackLocal);
  }

  /** The same below the operand that says which element of a table is called. */
  void passAccountsBelow(int price, int scratchLocal) {
    setLocal(scratchLocal);
    passAccounts(price);
    get(scratchLocal);
  }

  /** Takes the fuel from the results of a call. */
  void takeBack(Convention convention, int wideLocal) {
    unpack(convention, wideLocal);
    setLocal(fuelLocal);
  }

  /**
   * Leaves the results of a call and the fuel above them. The fuel is the lower half: what waits
   * for the next charge has nothing to shift.
   */
  private void unpack(Convention convention, int wideLocal) {
    if (convention == Convention.PACKED) {
      teeLocal(wideLocal);
      i64(HALF);
      op(I64_SHR_U);
      op(I32_WRAP_I64);
      get(wideLocal);
      op(I32_WRAP_I64);
    }
  }

  /** Returns the results on the stack together with the fuel, whatever it is. */
  void giveBack(Convention convention) {
    if (convention == Convention.PACKED) {
      op(I64_EXTEND_I32_U);
      i64(HALF);
      op(I64_SHL);
      loadUnsigned(fuelLocal);
      op(I64_OR);
    } else {
      get(fuelLocal);
    }
    op(Instructions.RETURN);
  }

  /** Tells both accounts and traps: the one place where a function gives up. */
  void giveUp() {
    storeAccounts();
    op(Instructions.UNREACHABLE);
  }

  /** Calls with the accounts in the globals, behind parameters; a local keeps the stack. */
  void enter(int function, int keptStack) {
    op(Instructions.GLOBAL_GET, FUEL_GLOBAL);
    op(I32_WRAP_I64);
    op(Instructions.GLOBAL_GET, STACK_GLOBAL);
    teeLocal(keptStack);
    op(Instructions.CALL, function);
  }

  /**
   * Behind {@link #enter}: puts the accounts back into the globals, and looks at the fuel as every
   * caller does.
   */
  void leaveFromOutside(Convention convention, int wideLocal, int keptStack) {
    int fuel = keptStack + 1;
    unpack(convention, wideLocal);
    teeLocal(fuel);
    op(I64_EXTEND_I32_S);
    op(Instructions.GLOBAL_SET, FUEL_GLOBAL);
    get(keptStack);
    op(Instructions.GLOBAL_SET, STACK_GLOBAL);
    get(fuel);
    i32(0);
    op(I32_LT_S);
    out.u8s(Instructions.IF, EMPTY_BLOCK);
    op(Instructions.UNREACHABLE);
    end();
    end();
  }

  /**
   * Answers -1 where the maximum forbids growth, and tells a failure of the host where the engine
   * refuses what the maximum allows.
   *
   * @param delta the local that has the pages
   * @param old a local for the engine's answer
   * @param memory which memory
   * @param maxPages what it may have
   */
  void grow(int delta, int old, int memory, long maxPages) {
    loadUnsigned(delta);
    out.u8(Instructions.MEMORY_SIZE).u32(memory);
    op(I64_EXTEND_I32_U);
    op(I64_ADD);
    i64(maxPages);
    op(I64_GT_U);
    out.u8s(Instructions.IF, I32_RESULT);
    i32(-1);
    op(Instructions.ELSE);
    get(delta);
    out.u8(Instructions.MEMORY_GROW).u32(memory);
    teeLocal(old);
    i32(-1);
    op(I32_EQ);
    out.u8s(Instructions.IF, EMPTY_BLOCK);
    i64(Accounts.NO_MEMORY);
    op(Instructions.GLOBAL_SET, FUEL_GLOBAL);
    op(Instructions.UNREACHABLE);
    end();
    get(old);
    end();
  }
}
