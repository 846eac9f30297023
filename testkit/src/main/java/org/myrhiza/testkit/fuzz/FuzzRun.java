// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.fuzz;

import java.util.ArrayList;
import java.util.List;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.hash.Blake3;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.stack.TestEngine;
import org.myrhiza.wasm.binary.Utf8;

/**
 * Runs fuzzed modules and writes down what came of it, one line for each call: how it ended (with
 * the kind that {@code Accounts.classify} tells), results, fuel, stack account, size and contents
 * of memory, globals, and what the host was asked.
 *
 * <p>Each of the first functions is called with two lists of arguments: with fuel to spare; the
 * same after the image was put back, which must give the same line; once more on what that left;
 * with exactly the fuel that it took; with one less; with budgets at random below.
 */
public final class FuzzRun {
  /** A call that returned. */
  static final String RETURNED = "returned";

  /** A guest's own trap, as {@code Accounts.End} calls it. */
  static final String TRAP = "TRAP";

  /** What begins the end of a call that the host failed, which must not happen. */
  static final String FAILED = "FAILED ";

  /** Fuel to spare for most calls; those that do not end have it all. */
  private static final long PLENTY = 250_000;

  private static final int FUNCTIONS = 3;
  private static final int CALLS = 2;
  private static final int RANDOM_BUDGETS = 2;

  /** What budgets at random stay below, half of them each. */
  private static final int SMALL = 500;

  private static final int LARGE = 20_000;

  /** Digits of a seed's hash in the list that tells which seed differs. */
  private static final int MARK = 8;

  private FuzzRun() {}

  /** What came of one seed, and what is to be complained of whatever other engines say. */
  public static final class Transcript {
    private final long seed;
    private final List<String> lines = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    Transcript(long seed) {
      this.seed = seed;
    }

    /** One line for each thing that was done. */
    public List<String> lines() {
      return List.copyOf(lines);
    }

    /** Host failures, and calls that were not the same after the image was put back. */
    public List<String> complaints() {
      return List.copyOf(complaints);
    }

    /** All lines, each ended by a line feed. */
    public String text() {
      return String.join("\n", lines) + "\n";
    }

    /** The first digits of the hash of the text. */
    public String mark() {
      return hash(text()).substring(0, MARK);
    }

    void add(String line) {
      lines.add(line);
      if (line.contains(FAILED) || line.contains("failed inside")) {
        complain(line);
      }
    }

    void complain(String what) {
      complaints.add("seed " + seed + ": " + what);
    }
  }

  /** The BLAKE3 hash of a text in UTF-8, as hex digits. */
  public static String hash(String text) {
    return Blake3.hash(Bytes.adopt(Utf8.encode(text))).toHex();
  }

  /**
   * Runs one seed, as a peer would.
   *
   * @param seed any number
   * @param on the engine
   */
  public static Transcript of(long seed, TestEngine on) {
    FuzzModule module = FuzzModule.of(seed);
    FuzzInstance instance = FuzzInstance.metered(module, on);
    Transcript transcript = new Transcript(seed);
    String made = instance.instantiate();
    transcript.add("seed " + seed + " " + made);
    if (made.startsWith("instantiated")) {
      for (FuzzCall call : calls(module)) {
        exercise(instance, call, transcript, new Seeded(seed).fork("budgets" + call));
      }
    }
    return transcript;
  }

  /**
   * Runs one seed's calls rewritten, and again as their author made them where no limit of metering
   * ended them; a difference is a complaint. Calls that trap inside a call of the host count too.
   *
   * @param seed any number
   * @param on the engine for the rewritten module
   * @param plainOn the engine for the plain one
   * @return one line for each call that was made twice
   */
  public static Transcript unmetered(long seed, TestEngine on, TestEngine plainOn) {
    FuzzModule module = FuzzModule.of(seed);
    FuzzInstance rewritten = FuzzInstance.metered(module, on);
    FuzzInstance plain = FuzzInstance.plain(module, plainOn);
    Transcript transcript = new Transcript(seed);
    rewritten.instantiate();
    plain.instantiate();
    for (FuzzCall call : calls(module)) {
      rewritten.restore();
      FuzzInstance.Ended wanted = rewritten.call(call, PLENTY);
      if (wanted.limited()) {
        continue;
      }
      plain.restore();
      String seen = plain.call(call, PLENTY).meaning();
      transcript.add(call + ": " + seen);
      if (!seen.equals(wanted.meaning())) {
        transcript.complain(call + " unmetered: " + seen + ", metered: " + wanted.meaning());
      }
    }
    return transcript;
  }

  /** The calls that are made to a seed's module. */
  static List<FuzzCall> calls(FuzzModule module) {
    Seeded random = new Seeded(module.seed()).fork("calls");
    List<FuzzCall> calls = new ArrayList<>();
    for (int f = 0; f < Math.min(FUNCTIONS, module.exports().size()); f++) {
      for (int i = 0; i < CALLS; i++) {
        calls.add(FuzzCall.random(random, f, module.exports().get(f)));
      }
    }
    return calls;
  }

  private static void exercise(
      FuzzInstance instance, FuzzCall call, Transcript transcript, Seeded random) {
    instance.restore();
    FuzzInstance.Ended first = instance.call(call, PLENTY);
    transcript.add(call + " " + PLENTY + ": " + first);
    instance.restore();
    FuzzInstance.Ended second = instance.call(call, PLENTY);
    if (!second.toString().equals(first.toString())) {
      transcript.complain(call + " after a restore: " + second + ", before it: " + first);
    }
    transcript.add("restored: " + second);
    transcript.add("once more: " + instance.call(call, PLENTY));
    long cost = first.limited() ? PLENTY : cost(instance, call);
    if (!first.limited()) {
      tight(instance, call, cost, transcript);
      tight(instance, call, Math.max(0, cost - 1), transcript);
    }
    for (int i = 0; i < RANDOM_BUDGETS; i++) {
      int below = random.nextBoolean() ? SMALL : LARGE;
      tight(instance, call, random.nextInt((int) Math.max(1, Math.min(cost, below))), transcript);
    }
  }

  /** The least budget with which a call comes to its own end, be it a return or a trap. */
  private static long cost(FuzzInstance instance, FuzzCall call) {
    long tooLittle = -1;
    long enough = PLENTY;
    while (enough - tooLittle > 1) {
      long middle = (tooLittle + enough) / 2;
      if (instance.isLimited(call, middle)) {
        tooLittle = middle;
      } else {
        enough = middle;
      }
    }
    return enough;
  }

  private static void tight(
      FuzzInstance instance, FuzzCall call, long budget, Transcript transcript) {
    instance.restore();
    transcript.add(call + " " + budget + ": " + instance.call(call, budget));
  }
}
