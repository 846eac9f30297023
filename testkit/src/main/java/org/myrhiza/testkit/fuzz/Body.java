// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.fuzz;

import java.util.ArrayList;
import java.util.List;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.wasm.binary.ByteWriter;
import org.myrhiza.wasm.core.Instructions;

/** One body while it is written: its instructions, its locals and the labels in reach. */
final class Body {
  /** The entry of {@link #labels} for one that would make an endless loop. */
  static final String CLOSED = "!";

  private static final int PREFIX = 0xFC;
  private static final int EMPTY_BLOCK = 0x40;
  private static final int I32 = 0x7F;
  private static final int I64 = 0x7E;

  final Seeded random;
  final Plan plan;

  /** The function's own index. */
  final int self;

  private final Signature signature;
  private final ByteWriter out = new ByteWriter();
  private final StringBuilder locals = new StringBuilder();

  /** Locals below this index may be set by anybody; counters of loops come behind them. */
  private final int free;

  /** What a branch to each label takes, the innermost last. */
  private final List<String> labels = new ArrayList<>();

  /** Instructions that may still be written before only what must follow is written. */
  private int left;

  Body(Seeded random, Plan plan, int self, String declared, int size) {
    this.random = random;
    this.plan = plan;
    this.self = self;
    this.signature = plan.function(self);
    this.locals.append(signature.params()).append(declared);
    this.free = locals.length();
    this.left = size;
    labels.add(signature.results());
  }

  Signature signature() {
    return signature;
  }

  boolean isSpent() {
    return left <= 0;
  }

  Body op(int code) {
    left--;
    if (code >= Instructions.PREFIXED) {
      out.u8(PREFIX).u32(code - Instructions.PREFIXED);
    } else {
      out.u8(code);
    }
    return this;
  }

  Body op(int code, int index) {
    op(code);
    out.u32(index);
    return this;
  }

  Body op(int code, int first, int second) {
    op(code, first);
    out.u32(second);
    return this;
  }

  Body i32(int value) {
    op(Instructions.I32_CONST);
    out.s32(value);
    return this;
  }

  Body i64(long value) {
    op(Instructions.I64_CONST);
    out.s64(value);
    return this;
  }

  /** A select that names its type. */
  void selectTyped(char type) {
    op(Instructions.SELECT_TYPED, 1);
    out.u8(code(type));
  }

  /** A {@code br_table} to labels, the last its default. */
  void branchTable(List<Integer> targets) {
    op(Instructions.BR_TABLE, targets.size() - 1);
    targets.forEach(out::u32);
  }

  /**
   * Opens a block.
   *
   * @param opcode block, loop or if
   * @param type letters as {@code ii:l}
   * @param label what a branch to it takes, or {@link #CLOSED}
   */
  void open(int opcode, String type, String label) {
    op(opcode);
    int colon = type.indexOf(':');
    if (type.equals(":")) {
      out.u8(EMPTY_BLOCK);
    } else if (colon == 0 && type.length() == 2) {
      out.u8(code(type.charAt(1)));
    } else {
      out.s64(plan.module.type(type));
    }
    labels.add(label);
  }

  void close() {
    op(Instructions.END);
    labels.removeLast();
  }

  private static int code(char type) {
    return type == 'i' ? I32 : I64;
  }

  /** How many labels there are; the function's own is the outermost. */
  int labelCount() {
    return labels.size();
  }

  /** What a branch to a label takes, counted from the innermost. */
  String label(int depth) {
    return labels.get(labels.size() - 1 - depth);
  }

  /** A new i32 that only its maker sets; its index. */
  int counter() {
    locals.append('i');
    return locals.length() - 1;
  }

  /** A local of a type, or a negative number when there is none. */
  int anyLocal(char type, boolean toSet) {
    int among = toSet ? free : locals.length();
    int start = among == 0 ? 0 : random.nextInt(among);
    for (int i = 0; i < among; i++) {
      int index = (start + i) % among;
      if (locals.charAt(index) == type) {
        return index;
      }
    }
    return -1;
  }

  /** The whole body, as {@code ModuleAssembler} takes it. */
  ByteWriter finish() {
    op(Instructions.END);
    String declared = locals.substring(signature.params().length());
    ByteWriter runs = new ByteWriter();
    int count = 0;
    for (int from = 0; from < declared.length(); count++) {
      int to = from;
      while (to < declared.length() && declared.charAt(to) == declared.charAt(from)) {
        to++;
      }
      runs.u32(to - from).u8(code(declared.charAt(from)));
      from = to;
    }
    return new ByteWriter().u32(count).append(runs).append(out);
  }
}
