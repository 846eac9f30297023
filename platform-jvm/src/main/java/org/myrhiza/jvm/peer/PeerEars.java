// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.peer;

import org.myrhiza.instance.InstanceStatus;

/**
 * Who hears what a peer says without having been asked. Called on the kernel's thread: return at
 * once.
 */
public interface PeerEars {
  /** Hears nothing. */
  PeerEars QUIET =
      new PeerEars() {
        @Override
        public void changed(InstanceStatus status) {}

        @Override
        public void warned(String text) {}
      };

  /** Tells the new status of an instance; only what is already persisted. */
  void changed(InstanceStatus status);

  /** Tells something the user should know. */
  void warned(String text);
}
