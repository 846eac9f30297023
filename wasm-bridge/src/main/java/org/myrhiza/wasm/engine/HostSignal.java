// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.engine;

/** What a host function tells the engine to do with its caller. */
public enum HostSignal {
  /** Results are in place: return to the guest. */
  RETURN,
  /** Never return to the guest: unwind to the outermost call, which ends as aborted. */
  ABORT
}
