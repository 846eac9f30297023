// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.fuzz;

import org.myrhiza.testkit.Seeded;
import org.myrhiza.wasm.core.Instructions;

/** Writes the instructions that trap or come to a limit, and sometimes makes them do so. */
final class Hazards {
  private static final int PAGE_BITS = 16;

  private final Body body;
  private final Seeded random;
  private final Expressions expressions;

  Hazards(Body body, Expressions expressions) {
    this.body = body;
    this.random = body.random;
    this.expressions = expressions;
  }

  /** A trap that some arguments come to and others pass by. */
  void perhaps() {
    expressions.push('i', 1);
    body.i32(random.nextBoolean() ? 1 : 3).op(Operators.I32_AND);
    body.i32(random.nextInt(2)).op(Operators.I32_EQ);
    body.open(Instructions.IF, ":", "");
    switch (random.nextInt(19)) {
      case 0, 1 -> body.op(Instructions.UNREACHABLE);
      case 2, 3, 4, 5, 6 -> divideByZero();
      case 7, 8 -> overflow();
      case 9, 10 -> outsideOfMemory();
      case 11, 12 -> outsideByBulk();
      default -> wrongElement();
    }
    body.close();
  }

  private void divideByZero() {
    int nth = random.nextInt(4);
    if (random.nextBoolean()) {
      expressions.push('i', 1);
      body.i32(0).op(Operators.I32_DIV_S + nth);
    } else {
      expressions.push('l', 1);
      body.i64(0).op(Operators.I64_DIV_S + nth);
    }
    body.op(Instructions.DROP);
  }

  /** The one quotient that does not fit; the remainder does. */
  private void overflow() {
    int nth = random.chance(1, 4) ? 2 : 0;
    if (random.nextBoolean()) {
      body.i32(Integer.MIN_VALUE).i32(-1).op(Operators.I32_DIV_S + nth);
    } else {
      body.i64(Long.MIN_VALUE).i64(-1).op(Operators.I64_DIV_S + nth);
    }
    body.op(Instructions.DROP);
  }

  private void outsideOfMemory() {
    boolean store = random.nextBoolean();
    char type = random.nextBoolean() ? 'i' : 'l';
    int code = random.pick(store ? Operators.stores() : Operators.loads(type));
    switch (random.nextInt(4)) {
      case 0 -> body.i32(-random.between(1, 9));
      case 1 -> body.i32(body.plan.maxPages << PAGE_BITS);
      case 2 -> body.i32(Integer.MIN_VALUE);
      default -> body.op(Instructions.MEMORY_SIZE, 0).i32(PAGE_BITS).op(Operators.I32_SHL);
    }
    if (store) {
      expressions.push(Instructions.signature(code).charAt(1), 1);
    }
    body.op(code, 0, random.chance(1, 3) ? -1 : random.nextInt(9));
    if (!store) {
      body.op(Instructions.DROP);
    }
  }

  /** A bulk instruction that is not quite inside of what it works on. */
  private void outsideByBulk() {
    body.op(Instructions.MEMORY_SIZE, 0).i32(PAGE_BITS).op(Operators.I32_SHL);
    body.i32(random.nextInt(9)).op(Operators.I32_SUB);
    switch (random.nextInt(4)) {
      case 0 -> body.i32(171).i32(random.between(9, 99)).op(Instructions.MEMORY_FILL, 0);
      case 1 -> body.i32(0).i32(random.between(9, 99)).op(Instructions.MEMORY_COPY, 0, 0);
      case 2 -> {
        body.op(Instructions.DROP).i32(0);
        body.i32(-8).i32(random.between(9, 99)).op(Instructions.MEMORY_COPY, 0, 0);
      }
      default -> {
        body.op(Instructions.DROP).i32(0);
        body.i32(random.nextInt(3)).i32(41).op(Instructions.MEMORY_INIT, random.nextInt(2), 0);
      }
    }
  }

  /** A bulk instruction that is most often inside. */
  void bulk() {
    int choice = random.nextInt(3);
    if (choice == 2) {
      int segment = random.nextInt(2);
      int size = body.plan.dataSizes[segment];
      int from = random.between(0, size);
      expressions.address(2);
      body.i32(from).i32(random.between(0, size - from));
      body.op(Instructions.MEMORY_INIT, segment, 0);
      return;
    }
    expressions.address(2);
    if (choice == 0) {
      expressions.push('i', 2);
    } else {
      expressions.address(2);
    }
    expressions.push('i', 1);
    body.i32(random.chance(1, 16) ? -1 : 0xFF).op(Operators.I32_AND);
    if (choice == 0) {
      body.op(Instructions.MEMORY_FILL, 0);
    } else {
      body.op(Instructions.MEMORY_COPY, 0, 0);
    }
  }

  /** Grows the memory: within, up to, or past its maximum. */
  void grow() {
    switch (random.nextInt(6)) {
      case 0 -> body.i32(body.plan.maxPages - body.plan.minPages);
      case 1 -> body.i32(random.nextBoolean() ? -1 : 0x1_0000);
      case 2 -> body.i32(0);
      default -> {
        expressions.push('i', 1);
        body.i32(1).op(Operators.I32_AND);
      }
    }
    body.op(Instructions.MEMORY_GROW, 0);
    expressions.dropAll("i");
  }

  /** Calls an entry by a type, with the operands that the type wants. */
  void callIndirect(int table, int entry, Signature signature) {
    boolean deep =
        body.plan.tables.get(table).length > entry
            && entry >= 0
            && body.plan.tables.get(table)[entry] == body.plan.deep;
    if (deep) {
      expressions.push('i', 1);
      body.i32(0xF).op(Operators.I32_AND);
      expressions.pushAll(signature.params().substring(1), 1);
    } else {
      expressions.pushAll(signature.params(), 1);
    }
    body.i32(entry);
    body.op(Instructions.CALL_INDIRECT, body.plan.module.type(signature.text()), table);
    expressions.dropAll(signature.results());
  }

  /** A call through a table that finds nothing, or something of another type. */
  private void wrongElement() {
    int table = random.nextInt(body.plan.tables.size());
    int[] entries = body.plan.tables.get(table);
    Signature leaf = body.plan.function(body.plan.leaf);
    switch (random.nextInt(4)) {
      case 0 -> callIndirect(table, random.nextBoolean() ? entries.length : -1, leaf);
      case 1 -> callIndirect(table, find(entries, true), leaf);
      case 2 -> callIndirect(table, find(entries, false), new Signature("iii", "l"));
      default -> {
        expressions.push('i', 1);
        expressions.push('i', 1);
        body.i32(15).op(Operators.I32_AND);
        body.op(Instructions.CALL_INDIRECT, body.plan.module.type(leaf.text()), table);
        expressions.dropAll(leaf.results());
      }
    }
  }

  private static int find(int[] entries, boolean empty) {
    for (int i = 0; i < entries.length; i++) {
      if ((entries[i] == Plan.NULL) == empty) {
        return i;
      }
    }
    return entries.length;
  }
}
