// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.myrhiza.testkit.stack.TestEngine;
import org.myrhiza.wasm.meter.MarkedWrites;

/**
 * Looks at memories of fuzzed modules byte by byte: whether marks tell all that a call wrote, and
 * whether an image that was put back is all there.
 */
public final class MarkedRun {
  private static final long PLENTY = 60_000;
  private static final long LITTLE = 300;
  private static final int PAGE_BITS = 16;

  private MarkedRun() {}

  /**
   * Calls a seed's functions marked and unmarked, with fuel to spare and with little.
   *
   * @param seed any number
   * @param on the engine
   * @return what is wrong: bytes that changed in no marked block after a call that returned, calls
   *     that ended otherwise than unmarked
   */
  public static List<String> marks(long seed, TestEngine on) {
    FuzzModule module = FuzzModule.of(seed);
    FuzzInstance marked = FuzzInstance.marked(module, on);
    FuzzInstance plain = FuzzInstance.metered(module, on);
    List<String> wrong = new ArrayList<>();
    if (!marked.instantiate().equals(plain.instantiate())) {
      wrong.add("seed " + seed + " is instantiated otherwise");
    }
    if (marked.contents().length == 0) {
      return wrong;
    }
    for (FuzzCall call : FuzzRun.calls(module)) {
      for (long budget : new long[] {PLENTY, LITTLE}) {
        // Made anew: marks that are taken here its engine may miss when it puts an image back.
        marked.instantiate();
        plain.restore();
        marked.takeMarks();
        byte[] before = marked.contents();
        FuzzInstance.Ended ended = marked.call(call, budget);
        if (!ended.toString().equals(plain.call(call, budget).toString())) {
          wrong.add("seed " + seed + " " + call + " ends otherwise: " + ended);
        }
        if (ended.returned() && !marked.hasHostWritten()) {
          int marks = marked.takeMarks();
          unmarked(before, marked.contents(), marks)
              .ifPresent(at -> wrong.add("seed " + seed + " " + call + " wrote unmarked " + at));
        }
      }
    }
    return wrong;
  }

  /** The first byte that changed outside of marked blocks; none where the memory has grown. */
  private static Optional<Integer> unmarked(byte[] before, byte[] after, int marks) {
    if (before.length != after.length) {
      return Optional.empty();
    }
    int bits = MarkedWrites.blockBits(before.length >>> PAGE_BITS);
    for (int at = 0; at < after.length; at++) {
      int first = Math.max(0, at - MarkedWrites.OVERHANG);
      if (before[at] != after[at]
          && (marks >>> (at >>> bits) & 1) == 0
          && (marks >>> (first >>> bits) & 1) == 0) {
        return Optional.of(at);
      }
    }
    return Optional.empty();
  }

  /**
   * Calls a seed's functions and puts the image back after each, however it ended.
   *
   * @param seed any number
   * @param on the engine
   * @return what is wrong: calls after which a byte is not as it was
   */
  public static List<String> restored(long seed, TestEngine on) {
    FuzzModule module = FuzzModule.of(seed);
    FuzzInstance instance = FuzzInstance.metered(module, on);
    List<String> wrong = new ArrayList<>();
    instance.instantiate();
    byte[] image = instance.contents();
    for (FuzzCall call : image.length == 0 ? List.<FuzzCall>of() : FuzzRun.calls(module)) {
      for (long budget : new long[] {PLENTY, LITTLE, PLENTY}) {
        String ended = instance.call(call, budget).toString();
        instance.restore();
        if (!Arrays.equals(image, instance.contents())) {
          wrong.add("seed " + seed + " " + call + " is not undone: " + ended);
        }
      }
    }
    return wrong;
  }
}
