// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.event;

import java.util.List;
import org.myrhiza.bytes.Codec;

/** Whose first event a topic takes. */
public enum Admission {
  /** Everybody's who knows the topic. */
  OPEN,
  /** That of whoever proves an invitation's secret, or was named. */
  INVITED,
  /** That of principals whom an admitter named. */
  NAMED;

  /** One byte: 0 open, 1 invited, 2 named. */
  public static final Codec<Admission> CODEC = Codec.choice(List.of(OPEN, INVITED, NAMED));
}
