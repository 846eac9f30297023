// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.fuzz;

import java.util.ArrayList;
import java.util.List;
import org.myrhiza.testkit.json.JsonValue;
import org.myrhiza.testkit.stack.TestEngine;

/** Transcripts as {@code docs/spec/vectors/metering/fuzz.json} pins them: by their hashes. */
public final class FuzzPins {
  /** Seeds from 0 that each check runs. */
  public static final int SEEDS = 300;

  /** Seeds that share one pinned hash. */
  private static final int BLOCK = 30;

  private FuzzPins() {}

  /**
   * Seeds that share a hash.
   *
   * @param seeds in the order in which their transcripts are joined
   * @param hash of the joined transcripts, as hex digits
   * @param marks the beginning of the hash of each transcript
   */
  public record Pin(List<Long> seeds, String hash, List<String> marks) {
    /** Copies both lists. */
    public Pin {
      seeds = List.copyOf(seeds);
      marks = List.copyOf(marks);
    }
  }

  /** The seeds of each check in blocks, and the seeds that once failed as the last block. */
  public static List<List<Long>> blocks() {
    List<List<Long>> blocks = new ArrayList<>();
    for (long from = 0; from < SEEDS; from += BLOCK) {
      List<Long> seeds = new ArrayList<>();
      for (long seed = from; seed < from + BLOCK; seed++) {
        seeds.add(seed);
      }
      blocks.add(seeds);
    }
    blocks.add(Regressions.SEEDS);
    return blocks;
  }

  /**
   * Runs seeds and computes what to pin.
   *
   * @param seeds which
   * @param on the engine
   * @throws AssertionError if a transcript has complaints
   */
  public static Pin run(List<Long> seeds, TestEngine on) {
    StringBuilder joined = new StringBuilder();
    List<String> marks = new ArrayList<>();
    for (long seed : seeds) {
      FuzzRun.Transcript transcript = FuzzRun.of(seed, on);
      if (!transcript.complaints().isEmpty()) {
        throw new AssertionError(String.join("\n", transcript.complaints()));
      }
      joined.append(transcript.text());
      marks.add(transcript.mark());
    }
    return new Pin(seeds, FuzzRun.hash(joined.toString()), marks);
  }

  /**
   * Reads a pin.
   *
   * @param json one of the blocks
   */
  public static Pin read(JsonValue json) {
    return new Pin(
        json.at("seeds").items().stream().map(JsonValue::number).toList(),
        json.at("hash").text(),
        json.at("marks").items().stream().map(JsonValue::text).toList());
  }

  /**
   * What differs, in words; empty when nothing does.
   *
   * @param pinned what is written
   * @param seen what this engine gave
   */
  public static String difference(Pin pinned, Pin seen) {
    if (pinned.equals(seen)) {
      return "";
    }
    if (!pinned.seeds().equals(seen.seeds())) {
      return "seeds " + seen.seeds() + " are pinned as " + pinned.seeds();
    }
    for (int i = 0; i < seen.marks().size(); i++) {
      if (!seen.marks().get(i).equals(pinned.marks().get(i))) {
        return "seed " + seen.seeds().get(i) + " is the first that differs";
      }
    }
    return "the hash " + pinned.hash() + " is not that of the pinned marks";
  }
}
