// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.hash.HashContext;

/**
 * Runs a recording again and compares the effects' bytes. Every start in it begins a new kernel:
 * the one before crashed there. Modules are to be made ready by the caller when it sees {@link
 * Effect.Prepare}, before the recording goes on, as a platform does.
 */
public final class Replayer {
  private static final HashContext TRACE = HashContext.of("trace");

  private Replayer() {}

  /** How a replay ended. */
  public sealed interface Outcome {
    /**
     * All effects were the same.
     *
     * @param inputs how many inputs there were
     * @param trace hash over all inputs and effects
     */
    record Same(int inputs, Bytes trace) implements Outcome {}

    /**
     * The effects of a step differ.
     *
     * @param step its number, from 0
     * @param expected how many effects were recorded, and the first that differs, in hex
     * @param seen the same of the replay
     */
    record Different(int step, String expected, String seen) implements Outcome {}
  }

  /** Told of every effect of a replay, to make modules ready. */
  public interface Preparer {
    /** Sees an effect before the next input is submitted. */
    void see(Effect effect);
  }

  /**
   * Runs the recording.
   *
   * @param recording what to run
   * @param kernels gives a new kernel for each start in it
   * @param preparer sees the effects
   */
  public static Outcome replay(Recording recording, Supplier<Kernel> kernels, Preparer preparer) {
    Kernel kernel = kernels.get();
    Bytes trace = Bytes.EMPTY;
    for (int i = 0; i < recording.steps().size(); i++) {
      Recording.Step step = recording.steps().get(i);
      if (!(InputCodec.INSTANCE.decode(step.input()) instanceof Decoded.Ok<Input> input)) {
        return new Outcome.Different(i, "an input", "bytes that are none");
      }
      if (input.value() instanceof Input.Start) {
        kernel = kernels.get();
      }
      kernel.submit(input.value());
      List<Bytes> effects = effects(kernel, preparer);
      if (!effects.equals(step.effects())) {
        return different(i, step.effects(), effects);
      }
      trace = extend(trace, step);
    }
    return new Outcome.Same(recording.steps().size(), trace);
  }

  private static List<Bytes> effects(Kernel kernel, Preparer preparer) {
    List<Bytes> effects = new ArrayList<>();
    Effect effect = kernel.poll();
    while (effect != null) {
      preparer.see(effect);
      effects.add(EffectCodec.INSTANCE.encode(effect));
      effect = kernel.poll();
    }
    return effects;
  }

  /** The trace hash after one more step. */
  public static Bytes extend(Bytes trace, Recording.Step step) {
    return TRACE.hash(w -> {
      write(w, trace);
      write(w, step.input());
      step.effects().forEach(effect -> write(w, effect));
    });
  }

  private static void write(CanonicalWriter w, Bytes piece) {
    w.leb(piece.size());
    w.fixed(piece);
  }

  private static Outcome different(int step, List<Bytes> expected, List<Bytes> seen) {
    int at = 0;
    while (at < expected.size() && at < seen.size() && expected.get(at).equals(seen.get(at))) {
      at++;
    }
    return new Outcome.Different(step, shown(expected, at), shown(seen, at));
  }

  private static String shown(List<Bytes> effects, int at) {
    @Nullable Bytes first = at < effects.size() ? effects.get(at) : null;
    return effects.size() + " effects, number " + at + ": " + (first == null ? "-" : first.toHex());
  }
}
