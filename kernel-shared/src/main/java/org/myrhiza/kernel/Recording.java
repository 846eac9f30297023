// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.kernel;

import java.util.List;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Codec;

/**
 * What one kernel, or several after each other in case of crashes, was told and what it asked for.
 *
 * @param steps one per input, in order
 */
public record Recording(List<Step> steps) {
  private static final int VERSION = 0;
  private static final int MOST_BYTES = 64 * 1024 * 1024;

  private static final Codec<Bytes> PIECE =
      Codec.of((w, piece) -> w.bytes(piece, MOST_BYTES), r -> r.bytes(MOST_BYTES));

  private static final Codec<Step> STEP =
      Codec.of(
          (w, step) -> {
            PIECE.write(w, step.input);
            w.list(step.effects, Limits.STEP_EFFECTS, PIECE);
          },
          r -> new Step(PIECE.read(r), r.list(Limits.STEP_EFFECTS, PIECE)));

  /** Canonical form of the file: version, then the steps. */
  public static final Codec<Recording> CODEC =
      Codec.of(
          (w, recording) -> {
            w.u8(VERSION);
            w.list(recording.steps, Limits.RECORDED_INPUTS, STEP);
          },
          r -> {
            r.version(VERSION);
            return new Recording(r.list(Limits.RECORDED_INPUTS, STEP));
          });

  /** Copies the list. */
  public Recording {
    steps = List.copyOf(steps);
  }

  /**
   * One input and the effects polled after it, each in canonical bytes.
   *
   * @param input the input
   * @param effects the effects, in order
   */
  public record Step(Bytes input, List<Bytes> effects) {
    /** Copies the list. */
    public Step {
      effects = List.copyOf(effects);
    }
  }
}
