// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.event;

import java.util.List;
import org.myrhiza.bytes.Codec;

/** Who may read a topic. */
public enum ReadPolicy {
  /** Whoever holds the epoch secret, which an invitation carries. */
  MEMBERS;

  /** One byte: 0 members. */
  public static final Codec<ReadPolicy> CODEC = Codec.choice(List.of(MEMBERS));
}
