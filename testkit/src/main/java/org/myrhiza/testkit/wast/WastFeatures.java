// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.wast;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.myrhiza.wasm.core.CoreFeature;

/**
 * The features for whose sake a command may be skipped: a closed list. A skip for anything else is
 * a failure, so that nothing slips out of the scripts unseen.
 */
public final class WastFeatures {
  /** Not part of the synchronous Component Model. */
  private static final List<String> ASYNCHRONOUS =
      List.of("async", "streams", "futures", "error contexts");

  /** Part of proposals that the bridge leaves out. */
  private static final List<String> PROPOSALS =
      List.of("start function", "values", "garbage-collected values", "exception tags");

  /** Part of the synchronous Component Model, and still to come. */
  private static final List<String> TO_COME =
      List.of(
          "calls between components",
          "components as arguments",
          "core items across components",
          "core type section",
          "core types",
          "equality of instance and component types",
          "exported components and modules",
          "floats",
          "imported components",
          "imported or exported core modules",
          "instances inside imported ones",
          "lists of fixed length",
          "maps",
          "names with attributes",
          "resources",
          "string encodings other than UTF-8");

  /** Named by their codes: all but lift, lower and those of resources are asynchronous. */
  private static final String BUILT_IN = "canonical built-in 0x";

  private static final int FIRST_BUILT_IN = 0x05;
  private static final int LAST_BUILT_IN = 0x43;

  private WastFeatures() {}

  /** The list. */
  public static SortedSet<String> all() {
    TreeSet<String> all = new TreeSet<>();
    all.addAll(ASYNCHRONOUS);
    all.addAll(PROPOSALS);
    all.addAll(TO_COME);
    for (CoreFeature feature : CoreFeature.values()) {
      all.add(feature.text());
    }
    for (int code = FIRST_BUILT_IN; code <= LAST_BUILT_IN; code++) {
      all.add(BUILT_IN + Integer.toHexString(code));
    }
    return all;
  }
}
