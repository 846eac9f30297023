// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.meter;

/** Whether rewritten code keeps the accounts of {@link Accounts}. */
public enum Metering {
  /** It does: whatever runs for others, and whatever must end. */
  ON,
  /**
   * It does not, and runs as fast as the engine can: tools that a user can stop. Only the types
   * move that modules share, and the image is exported.
   */
  OFF
}
