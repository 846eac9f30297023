// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.wast;

import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.component.Feature;
import org.myrhiza.wasm.core.CoreFeature;

/**
 * The features for whose sake a command may be skipped: a closed list, each with the words of which
 * a text form that uses it has at least one. A skip for anything else, or of a form without such a
 * word, is a failure, so that nothing slips out of the scripts unseen.
 */
public final class WastFeatures {
  private static final SortedMap<String, List<String>> WORDS = words();

  private WastFeatures() {}

  private static SortedMap<String, List<String>> words() {
    TreeMap<String, List<String>> words = new TreeMap<>();
    words.put(
        Feature.ASYNC,
        List.of("async", "backpressure", "context.", "subtask.", "task.", "waitable"));
    words.put(Feature.STREAMS, List.of("stream"));
    words.put(Feature.FUTURES, List.of("future"));
    words.put(Feature.ERROR_CONTEXTS, List.of("error-context"));
    words.put(Feature.THREADS, List.of("thread.", "shared"));
    words.put(Feature.VALUES, List.of("(value"));
    words.put(Feature.START, List.of("(start"));
    words.put(Feature.GC, List.of("(rec", "(sub", "(struct", "(array", " gc", "core-type"));
    words.put(CoreFeature.SIMD.text(), List.of("v128"));
    words.put(CoreFeature.TAIL_CALLS.text(), List.of("return_call"));
    words.put(CoreFeature.EXCEPTIONS.text(), List.of("(tag", "core tag", "throw", "try_table"));
    words.put(CoreFeature.EXCEPTION_REFERENCES.text(), List.of("exnref", "_ref", "(ref null exn)"));
    words.put(
        CoreFeature.TYPED_FUNCTION_REFERENCES.text(), List.of("(ref ", "call_ref", "ref.as_"));
    words.put(CoreFeature.MEMORY64.text(), List.of("(memory i64", "(table i64"));
    words.put(CoreFeature.MULTI_MEMORY.text(), List.of("(memory"));
    words.put(CoreFeature.EXTENDED_CONST.text(), List.of("i32.add", "i32.sub", "i64.add"));
    words.put(CoreFeature.CUSTOM_PAGE_SIZES.text(), List.of("pagesize"));
    words.put(CoreFeature.WIDE_ARITHMETIC.text(), List.of("i64.add128", "i64.mul_wide"));
    return words;
  }

  /** The list. */
  public static SortedSet<String> all() {
    return new TreeSet<>(WORDS.keySet());
  }

  /**
   * Whether a form may be skipped for a feature, as far as its text tells.
   *
   * @param feature what the decoder named
   * @param text the form's text, or null when it was written in binary and nothing can be told
   */
  static boolean mayUse(String feature, @Nullable String text) {
    List<String> words = WORDS.get(feature);
    return words == null || text == null || words.stream().anyMatch(text::contains);
  }
}
