// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.fuzz;

import java.util.List;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.wasm.CodeAssembler;
import org.myrhiza.wasm.binary.ByteWriter;
import org.myrhiza.wasm.core.Instructions;

/**
 * Makes a module of the deterministic set from a seed: always valid, one to three kilobytes.
 *
 * <p>Calls go down the list of functions, so that endless ones are rare; one function calls itself
 * as deep as its argument says; the last one may be called by the host.
 */
final class ModuleGenerator {
  /** Blocks inside one another. */
  private static final int NESTING = 3;

  /** Instructions after which a body comes to its end. */
  private static final int LEAST = 20;

  private static final int MOST = 90;

  private final long seed;
  private final Seeded random;
  private final Plan plan;

  ModuleGenerator(long seed) {
    this.seed = seed;
    this.random = new Seeded(seed).fork("module");
    this.plan = new Plan(random.fork("plan"));
  }

  FuzzModule generate() {
    addState();
    for (int i = plan.imports; i < plan.functions.size(); i++) {
      ByteWriter body = i == plan.deep ? deepBody(i) : plainBody(i);
      plan.module.functionRaw(plan.function(i).text(), body);
      plan.module.exportFunction("f" + (i - plan.imports), i);
    }
    if (random.chance(1, 4)) {
      addStart();
    }
    addSegments();
    List<Signature> exports = plan.functions.subList(plan.imports, plan.functions.size());
    return new FuzzModule(seed, plan.module.bytes(), exports, plan.globals);
  }

  private void addState() {
    plan.module.memory(plan.minPages, plan.maxPages).export("memory", 2, 0);
    for (int[] entries : plan.tables) {
      plan.module.table(entries.length, random.chance(1, 2) ? -1 : entries.length);
    }
    for (int i = 0; i < plan.globals.length(); i++) {
      boolean wide = plan.globals.charAt(i) == 'l';
      String initial =
          wide ? "i64.const=" + Expressions.wide(random) : "i32.const=" + random.nextInt();
      plan.module.global(plan.globals.charAt(i), true, initial);
      plan.module.export("g" + i, 3, i);
    }
    plan.module.global('i', false, "i32.const=" + Expressions.number(random));
  }

  private ByteWriter plainBody(int index) {
    Body body = open(index, 4);
    Statements statements = new Statements(body);
    statements.some(random.between(3, 8), NESTING);
    statements.expressions().pushAll(body.signature().results(), 3);
    return body.finish();
  }

  private Body open(int index, int locals) {
    Seeded own = random.fork("body" + index);
    int count = own.chance(1, 24) ? own.between(100, 400) : own.nextInt(locals);
    return new Body(own, plan, index, Plan.letters(own, count), own.between(LEAST, MOST));
  }

  /** Works, calls itself with one less, works again. */
  private ByteWriter deepBody(int index) {
    Body body = open(index, 24);
    Statements statements = new Statements(body);
    statements.some(1, 1);
    body.op(Instructions.LOCAL_GET, 0);
    body.open(Instructions.IF, ":i", "i");
    body.op(Instructions.LOCAL_GET, 0).i32(1).op(Operators.I32_SUB);
    statements.expressions().pushAll(body.signature().params().substring(1), 1);
    body.op(Instructions.CALL, index);
    statements.some(1, 0);
    body.op(Instructions.ELSE);
    statements.expressions().push('i', 2);
    body.close();
    return body.finish();
  }

  /** A start function that cannot fail. */
  private void addStart() {
    String code =
        "i32.const=%d global.set=0 global.get=1 i64.const=3 i64.mul global.set=1"
            .formatted(random.nextInt());
    plan.module.start(plan.module.function(":", "", code));
  }

  private void addSegments() {
    for (int t = 0; t < plan.tables.size(); t++) {
      int[] entries = plan.tables.get(t);
      for (int i = 0; i < entries.length; i++) {
        if (entries[i] != Plan.NULL) {
          plan.module.elementRaw(element(t, i, entries[i]));
        }
      }
    }
    for (int size : plan.dataSizes) {
      plan.module.passiveData(random.nextBytes(size).toArray());
    }
    if (plan.minPages > 0) {
      plan.module.data(random.nextInt(512), random.nextBytes(random.between(1, 64)).toArray());
    }
  }

  private static ByteWriter element(int table, int at, int function) {
    ByteWriter out = new ByteWriter();
    if (table == 0) {
      out.u8(0);
    } else {
      out.u8(2).u32(table);
    }
    out.append(CodeAssembler.assemble("i32.const=" + at + " end"));
    if (table != 0) {
      out.u8(0);
    }
    return out.u32(1).u32(function);
  }
}
