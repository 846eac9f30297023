// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.peer;

/** The name that this installation's certificates carry. */
final class DeviceName {
  private DeviceName() {}

  /**
   * Returns the kind of machine, and nothing that names a person or a host: certificates are read
   * by everybody on a topic.
   */
  static String ofThisMachine() {
    String system = System.getProperty("os.name", "");
    return system.isBlank() ? "native" : "native " + system.split(" ", 2)[0];
  }
}
