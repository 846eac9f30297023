// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.kernel;

/** Which of the installation's keys has to sign. */
public enum KeyRole {
  /** The user's key: certificates, fences and policy acts. */
  LONG_TERM,
  /** This installation's key: events. */
  INSTANCE
}
