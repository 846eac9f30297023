// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.tools.run;

import org.myrhiza.wasm.binary.WasmError;

/**
 * What went wrong, in the words of the command line's errors.
 *
 * @param type one kebab-case word or two, stable for scripts
 * @param message what, the value seen, what was allowed
 * @param hint what to do next; may be empty
 * @param at where, such as an offset; empty if nowhere
 */
public record Problem(String type, String message, String hint, String at) {
  /**
   * The problem that an error in a file is.
   *
   * @param file what to call it
   * @param error what is wrong with it
   * @return its type named after the error's phase
   */
  public static Problem in(String file, WasmError error) {
    String message = file + ": " + error.message();
    String hint = "Build the file again, or look at what made it.";
    return switch (error) {
      case WasmError.Malformed e -> new Problem("malformed", message, hint, offset(e.offset()));
      case WasmError.Invalid e -> new Problem("invalid", message, hint, offset(e.offset()));
      case WasmError.Unlinkable e ->
          new Problem("unlinkable", message, "Do without the import.", "import " + e.name());
      case WasmError.Unsupported e ->
          new Problem(
              "unsupported", message, "Do without " + e.feature() + ".", offset(e.offset()));
      case WasmError.Refused e ->
          new Problem(
              "refused", message, "Do without it, or take another set.", offset(e.offset()));
    };
  }

  private static String offset(int offset) {
    return "offset " + offset;
  }
}
