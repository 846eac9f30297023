// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.compose;

import org.myrhiza.wasm.binary.WasmException;

/**
 * Bounds the work of composing, since types share parts and written out may be of any size; and
 * knows what is being worked on, for errors.
 */
final class Steps {
  private int taken;
  private String part = "";
  private String subject = "";

  /** From now on the work is for this import or export of a part. */
  void about(Part of, String name) {
    part = of.name();
    subject = name;
  }

  /** Takes one. */
  void take() throws WasmException {
    if (++taken > org.myrhiza.wasm.component.Limits.STEPS) {
      throw WasmException.refused(
          0,
          "work on types of components that are linked",
          "more steps",
          "at most " + org.myrhiza.wasm.component.Limits.STEPS);
    }
  }

  /** What is worked on cannot be said from outside. */
  WasmException unnamed(String seen) {
    return WasmException.unlinkable(
        part, subject, "types", seen, "what the component around all can name");
  }
}
