// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.fuzz;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.engine.CallOutcome;
import org.myrhiza.wasm.engine.CoreFunction;
import org.myrhiza.wasm.engine.CoreGlobal;
import org.myrhiza.wasm.engine.CoreImport;
import org.myrhiza.wasm.engine.CoreMemory;
import org.myrhiza.wasm.engine.Engine;
import org.myrhiza.wasm.engine.HostSignal;
import org.myrhiza.wasm.engine.Slots;

/** The host's side of a fuzzed module: its functions, and how they ended a call. */
final class FuzzHost {
  private static final long PRICE = 100;
  private static final int WORD = 4;
  private static final int REJECTS = 1;
  private static final int ABORTS = 3;

  private final @Nullable CoreGlobal fuel;
  private @Nullable CoreMemory memory;
  private @Nullable CoreFunction leaf;
  private String ending = "";
  private int calls;
  private long trace;
  private boolean poked;

  /**
   * A host.
   *
   * @param fuel the account to charge, or null when nothing is metered
   */
  FuzzHost(@Nullable CoreGlobal fuel) {
    this.fuel = fuel;
  }

  List<CoreImport> imports(Engine engine) {
    List<CoreImport> imports = new ArrayList<>();
    for (HostImport each : HostImport.values()) {
      CoreFunction function =
          engine.hostFunction(
              each.signature().core(), (arguments, results) -> call(each, arguments, results));
      imports.add(new CoreImport(HostImport.MODULE, each.field(), function));
    }
    return imports;
  }

  /** Tells the host what it may reach into. */
  void attach(CoreMemory guestMemory, CoreFunction guestLeaf) {
    memory = guestMemory;
    leaf = guestLeaf;
  }

  /** Forgets the last call. */
  void begin() {
    ending = "";
    calls = 0;
    trace = 0;
    poked = false;
  }

  /** Whether it wrote to the guest's memory. */
  boolean hasPoked() {
    return poked;
  }

  /** Why the host ended the call; empty when it did not. */
  String ending() {
    return ending;
  }

  /** How often it was called and with what. */
  String trace() {
    return calls + ":" + Long.toHexString(trace);
  }

  private HostSignal call(HostImport what, Slots arguments, Slots results) {
    calls++;
    note(what.index());
    for (int i = 0; i < what.signature().params().length(); i++) {
      note(arguments.getLong(i));
    }
    return switch (what) {
      case MIX -> mix(arguments, results);
      case PEEK -> peek(arguments.getInt(0), results);
      case POKE -> poke(arguments.getInt(0), arguments.getInt(1));
      case CHARGE ->
          charge(arguments.getLong(0) & Long.MAX_VALUE) ? HostSignal.RETURN : HostSignal.ABORT;
      case JUDGE -> judge(arguments.getInt(0), results);
      case AGAIN -> again(arguments.getInt(0), results);
    };
  }

  private void note(long value) {
    trace = (trace * 31) + value;
  }

  private boolean charge(long units) {
    CoreGlobal account = fuel;
    if (account == null) {
      return true;
    }
    long rest = account.get() - units;
    account.set(rest);
    return rest >= 0 || end("out of fuel in the host");
  }

  /** Always false; the first end counts. */
  private boolean end(String why) {
    if (ending.isEmpty()) {
      ending = why;
    }
    return false;
  }

  private HostSignal abort(String why) {
    end(why);
    return HostSignal.ABORT;
  }

  private HostSignal mix(Slots arguments, Slots results) {
    results.setLong(0, arguments.getLong(1) * 7 - arguments.getInt(0));
    return charge(1) ? HostSignal.RETURN : HostSignal.ABORT;
  }

  /** The memory when four bytes at an address lie inside of it. */
  private @Nullable CoreMemory reach(int address) {
    CoreMemory present = memory;
    return present == null || address < 0 || address > present.byteSize() - WORD ? null : present;
  }

  private HostSignal peek(int address, Slots results) {
    if (!charge(PRICE)) {
      return HostSignal.ABORT;
    }
    CoreMemory present = reach(address);
    if (present == null) {
      return abort("peek outside");
    }
    results.setInt(0, present.loadInt(address));
    return HostSignal.RETURN;
  }

  private HostSignal poke(int address, int value) {
    if (!charge(PRICE)) {
      return HostSignal.ABORT;
    }
    CoreMemory present = reach(address);
    if (present == null) {
      return abort("poke outside");
    }
    present.storeInt(address, value);
    poked = true;
    return HostSignal.RETURN;
  }

  private HostSignal judge(int argument, Slots results) {
    int answer = argument * 3;
    results.setInt(0, answer);
    return switch (argument & 3) {
      case REJECTS -> abort("rejected");
      case ABORTS -> abort("aborted");
      default -> HostSignal.RETURN;
    };
  }

  /** Calls the guest's last function with less, until nothing is left of the argument. */
  private HostSignal again(int argument, Slots results) {
    CoreFunction present = leaf;
    if (!charge(PRICE)) {
      return HostSignal.ABORT;
    }
    if (present == null || (argument & 3) == 0) {
      results.setInt(0, argument);
      return HostSignal.RETURN;
    }
    Slots less = Slots.ofInts(1);
    less.setInt(0, argument >>> 2);
    Slots inner = Slots.ofInts(1);
    return switch (present.call(less, inner)) {
      case CallOutcome.Returned _ -> {
        results.setInt(0, inner.getInt(0));
        yield HostSignal.RETURN;
      }
      case CallOutcome.Trapped _ -> abort("trapped inside");
      case CallOutcome.Aborted _ -> abort("aborted inside");
      case CallOutcome.Exhausted _ -> abort("exhausted inside");
      case CallOutcome.Failed f -> abort("failed inside: " + f.reason());
    };
  }
}
