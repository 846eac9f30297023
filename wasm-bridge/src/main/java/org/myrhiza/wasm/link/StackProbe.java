// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.link;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.myrhiza.wasm.binary.ByteWriter;
import org.myrhiza.wasm.binary.WasmResult;
import org.myrhiza.wasm.core.FeatureSet;
import org.myrhiza.wasm.engine.CallOutcome;
import org.myrhiza.wasm.engine.CoreFunction;
import org.myrhiza.wasm.engine.CoreGlobal;
import org.myrhiza.wasm.engine.CoreImport;
import org.myrhiza.wasm.engine.Engine;
import org.myrhiza.wasm.engine.Instantiation;
import org.myrhiza.wasm.engine.ModuleHash;
import org.myrhiza.wasm.engine.Slots;
import org.myrhiza.wasm.engine.ValueKind;
import org.myrhiza.wasm.meter.Accounts;
import org.myrhiza.wasm.meter.Meter;
import org.myrhiza.wasm.meter.Rewritten;

/**
 * Whether an engine, on the thread that asks, has the stack that the stack account promises: guests
 * must come to the end of the account before they come to the end of the native stack, or one peer
 * would fail where another one has a verdict.
 *
 * <p>Each probe recurses without end in frames of one extreme shape. To be run at start, before
 * anything was compiled further by the host's own optimiser: frames are largest then.
 */
public final class StackProbe {
  private static final long FUEL = 100_000_000L;
  private static final String ENTRY = "probe";
  private static final int MOST_PARAMS = 32;

  private StackProbe() {}

  /** A shape of frames: parameters, locals, operands under the call, and how it calls. */
  private record Shape(String name, int params, int locals, int operands, boolean indirect) {}

  private static final List<Shape> SHAPES =
      List.of(
          new Shape("many small frames", 0, 0, 6, false),
          new Shape("many small frames by indirect calls", 0, 0, 5, true),
          new Shape("frames with all parameters and locals", MOST_PARAMS, 512, 0, false),
          new Shape("frames with many operands", 0, 0, 500, false));

  /** What a probe found. */
  public sealed interface Finding {
    /** All shapes came to the end of the account. */
    record Sufficient() implements Finding {}

    /**
     * One did not: this engine on this thread must not run guests.
     *
     * @param shape the frames that did not fit
     * @param reason what happened instead
     */
    record Insufficient(String shape, String reason) implements Finding {
      /** Returns what to tell the user: what is wrong, and what to do. */
      public String message() {
        return "the stack here is too small for "
            + shape
            + " ("
            + reason
            + "); use another browser or device, or the usual stack size";
      }
    }
  }

  /** The probes' rewritten modules, to be prepared before {@link #run}. */
  public static List<byte[]> modules() {
    List<byte[]> out = new ArrayList<>();
    for (Shape shape : SHAPES) {
      switch (Meter.rewrite(module(shape), FeatureSet.DETERMINISTIC)) {
        case WasmResult.Ok<Rewritten> ok -> out.add(ok.value().bytes());
        case WasmResult.Failed<Rewritten> f -> throw new IllegalStateException(f.error().message());
      }
    }
    return List.copyOf(out);
  }

  /**
   * Runs the probes on the calling thread.
   *
   * @param engine the engine
   * @param hashes under which the modules were prepared, in their order
   */
  public static Finding run(Engine engine, List<ModuleHash> hashes) {
    for (int i = 0; i < SHAPES.size(); i++) {
      String failure = probe(engine, hashes.get(i));
      if (!failure.isEmpty()) {
        return new Finding.Insufficient(SHAPES.get(i).name(), failure);
      }
    }
    return new Finding.Sufficient();
  }

  /** Empty when the account ended first. */
  private static String probe(Engine engine, ModuleHash hash) {
    CoreGlobal fuel = engine.hostGlobal(ValueKind.I64, FUEL);
    CoreGlobal stack = engine.hostGlobal(ValueKind.I32, Accounts.STACK_EMPTY);
    List<CoreImport> imports =
        List.of(
            new CoreImport(Accounts.MODULE, Accounts.FUEL, fuel),
            new CoreImport(Accounts.MODULE, Accounts.STACK, stack));
    if (!(engine.instantiate(hash, imports) instanceof Instantiation.Instantiated made)
        || !(made.instance().export(ENTRY) instanceof CoreFunction entry)) {
      return "the probe could not be instantiated";
    }
    CallOutcome outcome = entry.call(longs(MOST_PARAMS), longs(1));
    if (outcome instanceof CallOutcome.Failed f) {
      return f.reason();
    }
    if (outcome instanceof CallOutcome.Exhausted) {
      return "the native stack is exhausted";
    }
    Accounts.End end = Accounts.classify(fuel.get(), (int) stack.get());
    boolean ended = outcome instanceof CallOutcome.Trapped && end == Accounts.End.OUT_OF_STACK;
    return ended ? "" : "the probe did not come to the end of its account";
  }

  private static Slots longs(int count) {
    return Slots.of(Collections.nCopies(count, ValueKind.I64));
  }

  private static byte[] module(Shape shape) {
    ByteWriter out = new ByteWriter();
    out.u8s(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00);
    ByteWriter type = new ByteWriter();
    type.u8(1).u8(0x60).u32(shape.params());
    for (int i = 0; i < shape.params(); i++) {
      type.u8(0x7e);
    }
    out.section(1, type.u8s(1, 0x7e));
    out.section(3, new ByteWriter().u8s(1, 0));
    if (shape.indirect()) {
      out.section(4, new ByteWriter().u8s(1, 0x70, 0x01, 1, 1));
    }
    out.section(7, new ByteWriter().u8(1).name(ENTRY).u8s(0x00, 0));
    if (shape.indirect()) {
      out.section(9, new ByteWriter().u8s(1, 0x00, 0x41, 0, 0x0b, 1, 0));
    }
    ByteWriter code = new ByteWriter();
    code.u8(1).sized(body(shape));
    return out.section(10, code).toByteArray();
  }

  private static ByteWriter body(Shape shape) {
    ByteWriter body = new ByteWriter();
    if (shape.locals() == 0) {
      body.u8(0);
    } else {
      body.u8(1).u32(shape.locals()).u8(0x7e);
    }
    for (int i = 0; i < shape.operands(); i++) {
      body.u8s(0x42, 1);
    }
    for (int i = 0; i < shape.params(); i++) {
      body.u8(0x20).u32(i);
    }
    if (shape.indirect()) {
      body.u8s(0x41, 0, 0x11, 0, 0);
    } else {
      body.u8s(0x10, 0);
    }
    for (int i = 0; i < shape.operands(); i++) {
      body.u8(0x7c);
    }
    return body.u8(0x0b);
  }
}
