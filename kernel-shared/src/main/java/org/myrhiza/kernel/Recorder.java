// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.kernel;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;

/** Writes down what a kernel is told and asks for, beside the platform that runs it. */
public final class Recorder {
  private final List<Recording.Step> steps = new ArrayList<>();
  private @Nullable Bytes input;
  private List<Bytes> effects = new ArrayList<>();

  /** Call before the input is submitted. */
  public void input(Input next) {
    flush();
    input = InputCodec.INSTANCE.encode(next);
  }

  /** Call for each effect that is polled. */
  public void effect(Effect effect) {
    effects.add(EffectCodec.INSTANCE.encode(effect));
  }

  /** Inputs so far. */
  public int inputs() {
    return steps.size() + (input == null ? 0 : 1);
  }

  /** What was recorded. */
  public Recording finish() {
    flush();
    return new Recording(steps);
  }

  private void flush() {
    Bytes last = input;
    if (last != null) {
      steps.add(new Recording.Step(last, effects));
    }
    input = null;
    effects = new ArrayList<>();
  }
}
