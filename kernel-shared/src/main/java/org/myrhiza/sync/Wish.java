// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.sync;

/** Whether who says hello wants one in return, in the order of the canonical encoding. */
public enum Wish {
  /** It wants none. */
  NONE,
  /** It wants one from who holds anything else than it does. */
  IF_OTHER,
  /** It wants one. */
  ANSWER,
  /** It wants one that tells all heads: what it knows of them is not what was built on. */
  WHOLE
}
