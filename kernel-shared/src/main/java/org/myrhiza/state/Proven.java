// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.state;

import org.myrhiza.bytes.Bytes;

/** What a proof about one key comes to. */
public sealed interface Proven {
  /** The state under the root has this value for the key. */
  record Present(Bytes value) implements Proven {}

  /** The state under the root does not have the key. */
  record Absent() implements Proven {}

  /** The proof proves nothing. */
  record Invalid(String why) implements Proven {}
}
