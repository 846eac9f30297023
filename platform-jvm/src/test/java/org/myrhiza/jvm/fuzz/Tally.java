// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.fuzz;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.MStack;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.OpCode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.myrhiza.jvm.engine.ListeningEngine;
import org.myrhiza.wasm.core.Instructions;
import org.myrhiza.wasm.engine.CallOutcome;
import org.myrhiza.wasm.engine.CoreGlobal;
import org.myrhiza.wasm.engine.CoreImport;
import org.myrhiza.wasm.meter.Accounts;

/**
 * Counts what a run comes to. In plain modules: each instruction that began to run, what the
 * instruction was that trapped and why, growth that was refused. In rewritten ones: at which check
 * the fuel ended, told by the instructions before it, and which limit of the stack was passed.
 */
final class Tally implements ListeningEngine.Listener {
  private static final int GUARDS = 0x8000_8000;
  private static final int SLOT_GUARD = 0x8000;
  private static final int KEPT = 24;

  final Map<String, Integer> opcodes = new TreeMap<>();
  final Map<String, Integer> traps = new TreeMap<>();
  final Map<String, Integer> limits = new TreeMap<>();

  private final boolean rewritten;
  private final Instruction[] ring = new Instruction[KEPT];
  private int seen;
  private long top;
  private @Nullable Instance instance;
  private @Nullable CoreGlobal stackAccount;

  Tally(boolean rewritten) {
    this.rewritten = rewritten;
  }

  @Override
  public void entered(Instance made, List<CoreImport> imports) {
    instance = made;
    for (CoreImport each : imports) {
      if (each.name().equals(Accounts.STACK) && each.value() instanceof CoreGlobal global) {
        stackAccount = global;
      }
    }
  }

  @Override
  public void onExecution(Instruction instruction, MStack stack) {
    long now = stack.size() > 0 ? stack.peek() : 0;
    if (!rewritten) {
      if (last(0) == OpCode.MEMORY_GROW && (int) now == -1) {
        count(limits, "memory maximum");
      }
      count(opcodes, name(instruction.opcode()));
    }
    ring[seen++ % KEPT] = instruction;
    top = now;
  }

  private static String name(OpCode opcode) {
    int code = opcode.opcode();
    boolean prefixed = code >>> 8 == 0xFC;
    int ours = prefixed ? Instructions.PREFIXED + (code & 0xFF) : code;
    String name = Instructions.isKnown(ours) ? Instructions.name(ours) : opcode.toString();
    return ours == Instructions.SELECT_TYPED ? "select typed" : name;
  }

  private static void count(Map<String, Integer> table, String what) {
    table.merge(what, 1, Integer::sum);
  }

  /** The instruction before so many others. */
  private @Nullable Instruction before(int others) {
    return seen > others ? ring[(seen - 1 - others) % KEPT] : null;
  }

  private @Nullable OpCode last(int others) {
    Instruction found = before(others);
    return found == null ? null : found.opcode();
  }

  @Override
  public void ended(CallOutcome outcome) {
    if (outcome instanceof CallOutcome.Trapped && rewritten) {
      countGivingUp();
    } else if (outcome instanceof CallOutcome.Trapped) {
      countTrap();
    }
    seen = 0;
  }

  private void countTrap() {
    OpCode opcode = last(0);
    if (opcode == null) {
      return;
    }
    String name = name(opcode);
    String why =
        switch (opcode) {
          case I32_DIV_S -> (int) top == 0 ? " by zero" : " overflow";
          case I64_DIV_S -> top == 0 ? " by zero" : " overflow";
          case CALL_INDIRECT -> wrongElement();
          default -> "";
        };
    count(traps, name + why);
  }

  private String wrongElement() {
    Instruction call = before(0);
    if (call == null || instance == null) {
      return " unknown";
    }
    TableInstance table = instance.table((int) call.operand(1));
    int index = (int) top;
    if (index < 0 || index >= table.size()) {
      return " undefined element";
    }
    return table.ref(index) < 0 ? " null element" : " of another type";
  }

  /** The rewriting gives up behind the end of its block; before that is what checked. */
  private void countGivingUp() {
    boolean gaveUp =
        last(0) == OpCode.UNREACHABLE
            && last(1) == OpCode.GLOBAL_SET
            && last(2) == OpCode.LOCAL_GET
            && last(3) == OpCode.GLOBAL_SET
            && last(4) == OpCode.I64_EXTEND_I32_S
            && last(5) == OpCode.LOCAL_GET
            && last(6) == OpCode.END
            && last(7) == OpCode.BR_IF;
    if (!gaveUp || stackAccount == null) {
      return;
    }
    if (last(8) == OpCode.I32_AND) {
      boolean slots = ((int) stackAccount.get() & SLOT_GUARD) != 0;
      count(limits, slots ? "stack slots" : "stack frames");
    } else {
      count(limits, "fuel " + check());
    }
  }

  /** Before the branch are the fuel, {@code i32.const 0} and {@code i32.lt_s}. */
  private String check() {
    if (last(10) == OpCode.LOCAL_GET) {
      return last(11) == OpCode.LOOP ? "at a loop" : "at return";
    }
    return switch (last(11)) {
      case I32_WRAP_I64 -> "before growth";
      case I32_SUB -> isEntry() ? "at entry" : beforeWork();
      case null, default -> "unknown";
    };
  }

  /** Whether the branch of the stack's check comes before. */
  private boolean isEntry() {
    Instruction guards = before(16);
    return last(14) == OpCode.BR_IF
        && last(15) == OpCode.I32_AND
        && guards != null
        && (int) guards.operand(0) == GUARDS;
  }

  private String beforeWork() {
    return last(12) == OpCode.I32_SHR_U ? "before bulk" : "before an import";
  }
}
