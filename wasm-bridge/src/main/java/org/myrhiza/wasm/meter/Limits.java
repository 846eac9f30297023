// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.meter;

/** Limits of metering; all of them are part of consensus. */
public final class Limits {
  /** Slots that the frames of one component tree may take together. */
  public static final int STACK_SLOTS = 16_384;

  /** Frames that one component tree may have at once. */
  public static final int STACK_FRAMES = 1_024;

  /** Slots of a frame besides its parameters, locals and operands; covers what rewriting adds. */
  public static final int FRAME_SLOTS = 8;

  /** Slots of a call to an import, for the host's own frames. */
  public static final int IMPORT_SLOTS = 512;

  /**
   * Bytes of a rewritten body. The virtual machine that runs compiled code natively allows 64 KiB a
   * method, and compiled code is at most twice as long in all that was seen.
   */
  public static final int BODY_BYTES = 32 * 1024;

  /**
   * A function whose instructions together cost more looks at its fuel before it returns, others
   * leave that to the caller: 1,024 frames that return one after the other cannot take more than an
   * {@code i32} holds.
   */
  public static final int UNCHECKED_PRICES = 1 << 20;

  private Limits() {}
}
