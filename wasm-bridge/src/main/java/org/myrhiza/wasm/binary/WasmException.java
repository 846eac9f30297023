// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.binary;

/**
 * Carries a {@link WasmError} from the depth of a decoder to its public door, where {@link
 * WasmResult#of} turns it into a value. Checked, so that it cannot pass that door unseen; without a
 * stack trace, so that hostile bytes cost nothing extra.
 */
public final class WasmException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient WasmError error;

  /**
   * Wraps an error.
   *
   * @param error what was wrong
   */
  public WasmException(WasmError error) {
    super(error.message(), null, false, false);
    this.error = error;
  }

  /** What was wrong. */
  public WasmError error() {
    return error;
  }

  /** See {@link WasmError.Malformed}. */
  public static WasmException malformed(int offset, String what, String seen, String allowed) {
    return new WasmException(new WasmError.Malformed(offset, what, seen, allowed));
  }

  /** See {@link WasmError.Invalid}. */
  public static WasmException invalid(int offset, String what, String seen, String allowed) {
    return new WasmException(new WasmError.Invalid(offset, what, seen, allowed));
  }

  /** See {@link WasmError.Unlinkable}. */
  public static WasmException unlinkable(
      String module, String name, String what, String seen, String allowed) {
    return new WasmException(new WasmError.Unlinkable(module, name, what, seen, allowed));
  }

  /** See {@link WasmError.Unsupported}. */
  public static WasmException unsupported(String feature, int offset) {
    return new WasmException(new WasmError.Unsupported(feature, offset));
  }

  /** See {@link WasmError.Refused}. */
  public static WasmException refused(int offset, String what, String seen, String allowed) {
    return new WasmException(new WasmError.Refused(offset, what, seen, allowed));
  }
}
