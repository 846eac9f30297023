// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.state.StateEntry;

/** How toy apps let what they do depend on all that they have read. */
final class Mixing {
  private Mixing() {}

  static int mix(int seen, @Nullable Bytes value) {
    int mixed = seen * 31 + 7;
    if (value != null) {
      for (int i = 0; i < value.size(); i++) {
        mixed = mixed * 31 + value.at(i);
      }
    }
    return mixed & 0x7fffffff;
  }

  static int mixAll(int seen, List<StateEntry> entries) {
    int mixed = seen;
    for (StateEntry entry : entries) {
      mixed = mix(mix(mixed, entry.key()), entry.value());
    }
    return mixed;
  }
}
