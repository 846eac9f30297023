// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.core;

/**
 * Static limits on core modules.
 *
 * <p>The narrow ones are part of consensus: {@code docs/spec/metering.md} lists them. The wide
 * ones, for {@link FeatureSet#BRIDGE}, only bound time and memory and follow the implementation
 * limits of the WebAssembly JavaScript interface where those are not too generous for one thread.
 *
 * @param moduleBytes size of a module
 * @param types types
 * @param functions functions, imported ones included
 * @param globals globals, imported ones included
 * @param entities imports, exports, element segments or data segments: each of them
 * @param tables tables, imported ones included
 * @param tableElements elements of a table at its start, and function indices in one segment
 * @param params parameters of a function or block
 * @param results results of a function or block
 * @param locals declared locals of a function, without its parameters
 * @param nesting blocks inside one another, the function's own not counted
 * @param branchTargets targets of a {@code br_table}, the default not counted
 * @param operandHeight operands of a function on the stack at once
 * @param memoryPages pages of 64 KiB that a memory may declare
 */
public record Limits(
    int moduleBytes,
    int types,
    int functions,
    int globals,
    int entities,
    int tables,
    int tableElements,
    int params,
    int results,
    int locals,
    int nesting,
    int branchTargets,
    int operandHeight,
    int memoryPages) {
  /** Bytes of a name in an import or export; the JavaScript interface's limit. */
  public static final int NAME_BYTES = 100_000;

  /** Locals of all functions together: bounds the validator's work on modules of many bodies. */
  public static final int TOTAL_LOCALS = 8_000_000;

  /** Memories of a module, where it may have more than one: as many as V8 takes tables. */
  public static final int MEMORIES = 100;

  /** The most pages that 32-bit addresses reach. */
  public static final int ADDRESSABLE_PAGES = 65_536;

  private static final Limits NARROW =
      new Limits(
          4 << 20, 10_000, 10_000, 1_000, 10_000, 16, 65_536, 32, 8, 512, 256, 1_024, 16_384,
          1_024);

  private static final Limits WIDE =
      new Limits(
          32 << 20,
          100_000,
          100_000,
          100_000,
          100_000,
          100,
          1_000_000,
          100,
          100,
          50_000,
          1_024,
          65_520,
          100_000,
          ADDRESSABLE_PAGES);

  /** The limits of a feature set. */
  public static Limits of(FeatureSet set) {
    return switch (set) {
      case BRIDGE -> WIDE;
      case INTERACTIVE, DETERMINISTIC -> NARROW;
    };
  }
}
