// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.architecture;

import java.util.List;
import java.util.stream.Stream;

/** The packages in the order of flow, as ARCHITECTURE.md has them. */
final class Packages {
  /** Each package of {@code wasm-bridge} may use those before it. */
  static final List<String> WASM_BRIDGE =
      prefixed(
          "org.myrhiza.wasm.",
          List.of(
              "binary",
              "core",
              "component",
              "compose",
              "meter",
              "value",
              "engine",
              "abi",
              "link",
              "wit"));

  /** Each package of {@code kernel-shared} may use those before it. */
  static final List<String> KERNEL_SHARED =
      prefixed(
          "org.myrhiza.",
          List.of(
              "bytes",
              "hash",
              "identity",
              "event",
              "log",
              "state",
              "capability",
              "bundle",
              "view",
              "guest",
              "replay",
              "instance",
              "frame",
              "sync",
              "drift",
              "kernel"));

  /** What a relay may know of the kernel: enough to carry sealed frames, nothing to read them. */
  static final List<String> RELAY_MAY_SEE =
      prefixed("org.myrhiza.", List.of("bytes", "hash", "identity", "frame"));

  /** The parts of the test kit that the browser runs too. */
  static final List<String> NEUTRAL_TESTKIT =
      prefixed(
          "org.myrhiza.testkit.",
          List.of("fuzz", "json", "stack", "suite", "suites", "vectors", "wast"));

  /** What the wasm commands do, which the browser's worker does too. */
  static final List<String> NEUTRAL_TOOLS = prefixed("org.myrhiza.tools.", List.of("run", "wire"));

  private Packages() {}

  static String[] neutral() {
    return Stream.of(WASM_BRIDGE, KERNEL_SHARED, NEUTRAL_TOOLS)
        .flatMap(List::stream)
        .map(Packages::andBelow)
        .toArray(String[]::new);
  }

  static String andBelow(String name) {
    return name + "..";
  }

  private static List<String> prefixed(String prefix, List<String> names) {
    return names.stream().map(prefix::concat).toList();
  }
}
