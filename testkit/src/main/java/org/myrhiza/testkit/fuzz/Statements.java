// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.fuzz;

import java.util.ArrayList;
import java.util.List;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.wasm.core.Instructions;

/** Writes code that leaves the stack as it found it. */
final class Statements {
  private static final int EXPRESSION_DEPTH = 3;

  private final Body body;
  private final Seeded random;
  private final Expressions expressions;
  private final Hazards hazards;

  Statements(Body body) {
    this.body = body;
    this.random = body.random;
    this.expressions = new Expressions(body);
    this.hazards = new Hazards(body, expressions);
  }

  Expressions expressions() {
    return expressions;
  }

  /** Some statements, at most so many blocks inside one another. */
  void some(int count, int nesting) {
    for (int i = 0; i < count && !body.isSpent(); i++) {
      one(nesting);
    }
  }

  private void one(int nesting) {
    int choice = random.nextInt(nesting > 0 ? 40 : 24);
    switch (choice) {
      case 0, 1, 2 -> setLocal();
      case 3, 4 -> setGlobal();
      case 5, 6, 7, 8 -> store();
      case 9, 10, 11 -> call();
      case 12 -> callIndirect();
      case 13, 14 -> hazards.bulk();
      case 15, 16, 17 -> branchIf();
      case 18 -> {
        body.op(Instructions.NOP);
        hazards.grow();
      }
      case 19, 20, 21 -> hazards.perhaps();
      case 22, 23 -> callHost();
      case 24, 25, 26, 27 -> loop(nesting);
      case 28, 29, 30, 31 -> branch(nesting);
      case 32, 33, 34 -> table(nesting);
      case 35, 36 -> leave(nesting);
      case 37 -> forever(nesting);
      default -> block(nesting);
    }
  }

  private void setLocal() {
    char type = random.nextBoolean() ? 'i' : 'l';
    expressions.push(type, EXPRESSION_DEPTH);
    expressions.dropAll("" + type);
  }

  private void setGlobal() {
    char type = random.nextBoolean() ? 'i' : 'l';
    expressions.push(type, EXPRESSION_DEPTH);
    body.op(Instructions.GLOBAL_SET, expressions.global(type));
  }

  private void store() {
    int code = random.pick(Operators.stores());
    expressions.address(EXPRESSION_DEPTH - 1);
    expressions.push(Instructions.signature(code).charAt(1), EXPRESSION_DEPTH - 1);
    expressions.access(code);
  }

  /** A call down the plan; the function that calls itself gets a bounded argument, or none. */
  private void call() {
    int target = random.nextInt(body.plan.functions.size());
    if (!expressions.callable(target)) {
      target = body.plan.leaf;
    }
    if (target == body.self || target < body.plan.imports) {
      callHost();
      return;
    }
    Signature signature = body.plan.function(target);
    if (target == body.plan.deep) {
      expressions.push('i', 1);
      body.i32(random.chance(1, 3) ? 0x7FF : 0x3F).op(Operators.I32_AND);
      expressions.pushAll(signature.params().substring(1), 1);
    } else {
      expressions.pushAll(signature.params(), 2);
    }
    body.op(Instructions.CALL, target);
    expressions.dropAll(signature.results());
  }

  private void callHost() {
    int target = random.nextInt(body.plan.imports);
    Signature signature = body.plan.function(target);
    if (target == HostImport.PEEK.index() || target == HostImport.POKE.index()) {
      expressions.address(2);
      expressions.pushAll(signature.params().substring(1), 2);
    } else if (target == HostImport.CHARGE.index()) {
      body.i64(random.chance(1, 8) ? 1_000_000 : random.nextInt(3_000));
    } else if (target == HostImport.JUDGE.index()) {
      expressions.push('i', 2);
      body.i32(random.chance(1, 3) ? -1 : ~1).op(Operators.I32_AND);
    } else {
      expressions.pushAll(signature.params(), 2);
    }
    body.op(Instructions.CALL, target);
    expressions.dropAll(signature.results());
  }

  /** A call through a table that finds a function of its type. */
  private void callIndirect() {
    int table = random.nextInt(body.plan.tables.size());
    int[] entries = body.plan.tables.get(table);
    List<Integer> fitting = new ArrayList<>();
    for (int i = 0; i < entries.length; i++) {
      if (entries[i] != Plan.NULL && mayCall(entries[i])) {
        fitting.add(i);
      }
    }
    if (fitting.isEmpty()) {
      callHost();
      return;
    }
    int entry = random.pick(fitting);
    hazards.callIndirect(table, entry, body.plan.function(entries[entry]));
  }

  /** Functions of the host that end most calls are called with care only. */
  private boolean mayCall(int function) {
    boolean sharp =
        function < body.plan.imports
            && function != HostImport.MIX.index()
            && function != HostImport.AGAIN.index();
    return expressions.callable(function) && (!sharp || random.chance(1, 4));
  }

  private void branchIf() {
    int depth = label();
    if (depth < 0) {
      setLocal();
      return;
    }
    String types = body.label(depth);
    expressions.pushAll(types, 1);
    expressions.push('i', 2);
    body.op(Instructions.BR_IF, depth);
    expressions.dropAll(types);
  }

  /** A label that may be branched to, or a negative number. */
  private int label() {
    int depth = random.nextInt(body.labelCount());
    return body.label(depth).equals(Body.CLOSED) ? -1 : depth;
  }

  private void block(int nesting) {
    body.open(Instructions.BLOCK, ":", "");
    some(random.between(1, 3), nesting - 1);
    body.close();
  }

  private void branch(int nesting) {
    expressions.push('i', EXPRESSION_DEPTH);
    body.open(Instructions.IF, ":", "");
    some(random.between(1, 3), nesting - 1);
    if (random.nextBoolean()) {
      body.op(Instructions.ELSE);
      some(random.between(1, 2), nesting - 1);
    }
    body.close();
  }

  /** A loop whose bound is the value of an expression, with the test in front or at the end. */
  private void loop(int nesting) {
    int counter = body.counter();
    expressions.push('i', 2);
    body.i32(random.chance(1, 6) ? 0x3F : 7).op(Operators.I32_AND);
    body.op(Instructions.LOCAL_SET, counter);
    body.open(Instructions.BLOCK, ":", "");
    body.open(Instructions.LOOP, ":", Body.CLOSED);
    boolean testFirst = random.nextBoolean();
    if (testFirst) {
      body.op(Instructions.LOCAL_GET, counter).op(Operators.I32_EQZ).op(Instructions.BR_IF, 1);
    }
    some(random.between(1, 3), nesting - 1);
    body.op(Instructions.LOCAL_GET, counter).i32(1).op(Operators.I32_SUB);
    if (testFirst) {
      body.op(Instructions.LOCAL_SET, counter).op(Instructions.BR, 0);
    } else {
      body.op(Instructions.LOCAL_TEE, counter).i32(0);
      body.op(Operators.I32_GT_S).op(Instructions.BR_IF, 0);
    }
    body.close();
    body.close();
  }

  /** A loop that only fuel or a branch out of it ends; entered by few arguments. */
  private void forever(int nesting) {
    expressions.push('i', 1);
    body.i32(7).op(Operators.I32_AND).op(Operators.I32_EQZ);
    body.open(Instructions.IF, ":", "");
    body.open(Instructions.LOOP, ":", "");
    some(2, nesting - 1);
    body.op(Instructions.BR, 0);
    if (random.nextBoolean()) {
      dead();
    }
    body.close();
    body.close();
  }

  /** A switch: blocks inside one another, left by a {@code br_table}. */
  private void table(int nesting) {
    int cases = random.between(1, 4);
    for (int i = 0; i < cases; i++) {
      body.open(Instructions.BLOCK, ":", "");
    }
    expressions.push('i', 2);
    if (random.nextBoolean()) {
      body.i32(7).op(Operators.I32_AND);
    }
    List<Integer> targets = new ArrayList<>();
    for (int i = random.between(0, 6); i >= 0; i--) {
      targets.add(random.nextInt(cases));
    }
    body.branchTable(targets);
    for (int i = 0; i < cases; i++) {
      if (i == 0 && random.chance(1, 3)) {
        dead();
      }
      body.close();
      some(1, nesting - 1);
    }
  }

  /** Leaves a block, or the function, with code behind that is never reached. */
  private void leave(int nesting) {
    expressions.push('i', 2);
    body.i32(3).op(Operators.I32_AND).op(Operators.I32_EQZ);
    body.open(Instructions.IF, ":", "");
    some(1, nesting - 1);
    if (random.nextBoolean()) {
      expressions.pushAll(body.signature().results(), 2);
      body.op(Instructions.RETURN);
    } else {
      int depth = Math.max(0, label());
      expressions.pushAll(body.label(depth), 1);
      body.op(Instructions.BR, depth);
    }
    dead();
    body.close();
  }

  /** Code that the validator types out of nothing and metering leaves out. */
  private void dead() {
    switch (random.nextInt(5)) {
      case 0 -> body.op(Operators.I32_ADD).op(Instructions.DROP);
      case 1 -> {
        body.open(Instructions.BLOCK, ":", "");
        body.open(Instructions.LOOP, ":", Body.CLOSED);
        body.op(Instructions.BR, 0);
        body.close();
        body.close();
      }
      case 2 -> {
        body.op(Instructions.SELECT).op(Instructions.DROP);
        body.open(Instructions.IF, ":", "");
        body.op(Instructions.NOP).op(Instructions.ELSE).op(Instructions.UNREACHABLE);
        body.close();
      }
      case 3 -> body.op(Instructions.MEMORY_GROW, 0).op(Instructions.DROP);
      default -> setGlobal();
    }
  }
}
