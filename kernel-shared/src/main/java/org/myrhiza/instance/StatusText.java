// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.instance;

import org.myrhiza.view.Terminal;

/** The status of an instance in words, the same for page and terminal. */
public final class StatusText {
  private static final int DIGEST_SHOWN = 12;
  private static final int GROUP = 3;

  private StatusText() {}

  /**
   * One line, for example {@code 2 peers, 14 events, 0 pending, synced, digest 0123456789ab}; while
   * events are to come {@code syncing 3,200 of 10,000}.
   */
  public static String line(InstanceStatus status) {
    StringBuilder out = new StringBuilder();
    out.append(counted(status.peers(), "peer")).append(", ");
    out.append(counted(status.counts().events(), "event")).append(", ");
    out.append(status.counts().pending()).append(" pending, ");
    out.append(status.sync().word());
    if (status.hasProgress()) {
      out.append(' ').append(progress(status.counts().events(), status.total()));
    }
    out.append(", digest ").append(status.digest().toHex(), 0, DIGEST_SHOWN);
    if (!status.note().isEmpty()) {
      out.append(": ").append(Terminal.clean(status.note()));
    }
    return out.toString();
  }

  /** How many of how many, for example {@code 3,200 of 10,000}. */
  public static String progress(long have, long total) {
    return grouped(have) + " of " + grouped(total);
  }

  private static String grouped(long count) {
    StringBuilder out = new StringBuilder().append(count);
    for (int i = out.length() - GROUP; i > 0; i -= GROUP) {
      out.insert(i, ',');
    }
    return out.toString();
  }

  private static String counted(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
