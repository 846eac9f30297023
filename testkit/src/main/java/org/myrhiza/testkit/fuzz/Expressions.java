// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.fuzz;

import java.util.ArrayList;
import java.util.List;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.wasm.core.Instructions;

/** Writes code that leaves one more value of a wanted type on the stack. */
final class Expressions {
  private static final List<Integer> NUMBERS =
      List.of(
          0,
          1,
          2,
          7,
          8,
          31,
          32,
          33,
          63,
          64,
          127,
          128,
          255,
          256,
          32_767,
          32_768,
          65_535,
          65_536,
          -1,
          -2,
          -128,
          -32_768,
          Integer.MIN_VALUE,
          Integer.MAX_VALUE,
          0x8000_8000);

  /** Most addresses fall into so many bytes, so that stores and loads meet. */
  private static final int HOT_BYTES = 0x3FF;

  private static final int PAGE_BITS = 16;

  private final Body body;
  private final Seeded random;

  Expressions(Body body) {
    this.body = body;
    this.random = body.random;
  }

  /** A number worth trying. */
  static int number(Seeded random) {
    return random.chance(1, 4) ? random.nextInt() : random.pick(NUMBERS);
  }

  /** A wide number worth trying. */
  static long wide(Seeded random) {
    return switch (random.nextInt(6)) {
      case 0 -> random.nextLong();
      case 1 -> Long.MIN_VALUE;
      case 2 -> Long.MAX_VALUE;
      case 3 -> (long) number(random) << 32;
      default -> number(random);
    };
  }

  void push(char type, int depth) {
    if (depth <= 0 || body.isSpent()) {
      leaf(type);
      return;
    }
    switch (random.nextInt(20)) {
      case 0, 1, 2 -> leaf(type);
      case 3, 4 -> load(type, depth);
      case 5 -> select(type, depth);
      case 6 -> condition(type, depth);
      case 7 -> block(type, depth);
      case 8 -> call(type, depth);
      case 9 -> tee(type, depth);
      case 10 -> pair(type, depth);
      case 11 -> size(type);
      default -> operator(type, depth);
    }
  }

  void pushAll(String types, int depth) {
    for (int i = 0; i < types.length(); i++) {
      push(types.charAt(i), depth);
    }
  }

  /** Takes what is on top of the stack, the last type first. */
  void dropAll(String types) {
    for (int i = types.length() - 1; i >= 0; i--) {
      int local = random.nextBoolean() ? body.anyLocal(types.charAt(i), true) : -1;
      if (local >= 0) {
        body.op(Instructions.LOCAL_SET, local);
      } else {
        body.op(Instructions.DROP);
      }
    }
  }

  private void leaf(char type) {
    int local = body.anyLocal(type, false);
    int choice = random.nextInt(8);
    if (choice < 5 && local >= 0) {
      body.op(Instructions.LOCAL_GET, local);
    } else if (choice < 6) {
      body.op(Instructions.GLOBAL_GET, global(type));
    } else {
      constant(type);
    }
  }

  private void constant(char type) {
    if (type == 'i') {
      body.i32(number(random));
    } else {
      body.i64(wide(random));
    }
  }

  /** A mutable global of a type; there is one of each. */
  int global(char type) {
    String globals = body.plan.globals;
    int start = random.nextInt(globals.length());
    while (globals.charAt(start % globals.length()) != type) {
      start++;
    }
    return start % globals.length();
  }

  private void operator(char type, int depth) {
    int code = random.pick(Operators.giving(type));
    String signature = Instructions.signature(code);
    pushAll(signature.substring(0, signature.indexOf(':')), depth - 1);
    if (Operators.divides(code) && !random.chance(1, 32)) {
      avoidZero(signature.charAt(0));
    }
    body.op(code);
  }

  private void avoidZero(char type) {
    if (type == 'i') {
      body.i32(1).op(Operators.I32_OR);
    } else {
      body.i64(1).op(Operators.I64_OR);
    }
  }

  /** An address, most often one inside of the memory. */
  void address(int depth) {
    switch (random.nextInt(48)) {
      case 0 -> push('i', depth);
      case 1 -> {
        body.op(Instructions.MEMORY_SIZE, 0).i32(PAGE_BITS).op(Operators.I32_SHL);
        body.i32(random.nextInt(10)).op(Operators.I32_SUB);
      }
      default -> {
        push('i', depth);
        body.i32(random.chance(1, 8) ? 0x7FFF : HOT_BYTES).op(Operators.I32_AND);
      }
    }
  }

  /** An instruction that accesses memory, with its alignment and offset. */
  void access(int code) {
    int offset =
        switch (random.nextInt(64)) {
          case 0 -> -random.between(1, 16);
          case 1 -> Integer.MAX_VALUE - random.nextInt(2);
          case 2 -> body.plan.maxPages << PAGE_BITS;
          default -> random.nextInt(64);
        };
    body.op(code, random.between(0, Operators.alignment(code)), offset);
  }

  private void load(char type, int depth) {
    address(depth - 1);
    access(random.pick(Operators.loads(type)));
  }

  private void select(char type, int depth) {
    push(type, depth - 1);
    push(type, depth - 1);
    push('i', depth - 1);
    if (random.nextBoolean()) {
      body.op(Instructions.SELECT);
    } else {
      body.selectTyped(type);
    }
  }

  private void condition(char type, int depth) {
    push('i', depth - 1);
    body.open(Instructions.IF, ":" + type, "" + type);
    push(type, depth - 1);
    body.op(Instructions.ELSE);
    push(type, depth - 1);
    body.close();
  }

  /** A block that a branch may leave with its value. */
  private void block(char type, int depth) {
    body.open(Instructions.BLOCK, ":" + type, "" + type);
    push(type, depth - 1);
    push('i', depth - 1);
    body.op(Instructions.BR_IF, 0);
    if (random.chance(1, 3)) {
      body.op(Instructions.DROP);
      push(type, depth - 1);
    }
    body.close();
  }

  /** A block or loop with two parameters and two results, of which the second goes. */
  private void pair(char type, int depth) {
    boolean loop = random.nextBoolean();
    String results = type == 'i' ? "il" : "li";
    int counter = loop ? body.counter() : -1;
    if (loop) {
      body.i32(random.nextInt(4)).op(Instructions.LOCAL_SET, counter);
    }
    pushAll("il", depth - 1);
    body.open(
        loop ? Instructions.LOOP : Instructions.BLOCK,
        "il:" + results,
        loop ? Body.CLOSED : results);
    if (!loop && random.nextBoolean()) {
      leaveOver(results);
    }
    int wide = body.anyLocal('l', true);
    if (wide >= 0) {
      body.op(Instructions.LOCAL_TEE, wide);
    }
    body.op(Operators.I32_WRAP).op(Operators.I32_ADD);
    if (loop) {
      again(counter);
    }
    if (type == 'l') {
      body.op(Operators.I64_EXTEND_U);
    }
    push(results.charAt(1), depth - 1);
    body.close();
    body.op(Instructions.DROP);
  }

  /** Leaves the innermost block while what it was given still lies on the stack. */
  private void leaveOver(String results) {
    pushAll(results, 1);
    push('i', 1);
    body.op(Instructions.BR_IF, 0);
    dropAll(results);
  }

  /** Starts the innermost loop again with an i32 and an i64, as often as its counter says. */
  private void again(int counter) {
    pushAll("il", 1);
    body.op(Instructions.LOCAL_GET, counter).i32(1).op(Operators.I32_SUB);
    body.op(Instructions.LOCAL_TEE, counter).i32(0).op(Operators.I32_GT_S);
    body.op(Instructions.BR_IF, 0);
    dropAll("il");
  }

  /** A call that gives one value of the type, if there is one to make. */
  private void call(char type, int depth) {
    List<Integer> fitting = new ArrayList<>();
    for (int i = 0; i < body.plan.functions.size(); i++) {
      if (isTame(i) && body.plan.function(i).results().equals("" + type)) {
        fitting.add(i);
      }
    }
    if (fitting.isEmpty()) {
      operator(type, depth);
      return;
    }
    int target = random.pick(fitting);
    pushAll(body.plan.function(target).params(), Math.min(depth - 1, 1));
    body.op(Instructions.CALL, target);
  }

  /** Whether a call with any arguments is likely to return. */
  private boolean isTame(int function) {
    return function < body.plan.imports
        ? function == HostImport.MIX.index() || function == HostImport.AGAIN.index()
        : function > body.self && function != body.plan.deep;
  }

  /** Whether a call to the function goes down the plan, so that calls without end are rare. */
  boolean callable(int function) {
    return function < body.plan.imports || function > body.self;
  }

  private void tee(char type, int depth) {
    push(type, depth - 1);
    int local = body.anyLocal(type, true);
    if (local >= 0) {
      body.op(Instructions.LOCAL_TEE, local);
    }
  }

  private void size(char type) {
    if (random.nextBoolean()) {
      body.op(Instructions.MEMORY_SIZE, 0);
    } else {
      body.op(Instructions.TABLE_SIZE, random.nextInt(body.plan.tables.size()));
    }
    if (type == 'l') {
      body.op(Operators.I64_EXTEND_U);
    }
  }
}
