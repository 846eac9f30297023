// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.command;

import java.util.concurrent.TimeUnit;
import org.myrhiza.cli.terminal.Terminal;
import org.myrhiza.instance.InstanceStatus;
import org.myrhiza.instance.StatusText;
import org.myrhiza.jvm.peer.PeerEars;

/**
 * Tells on standard error, once a second, how many events are here while more are to come, and
 * whatever the peer warns of.
 */
final class SyncNotes implements PeerEars {
  private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Terminal terminal;
  private long told = System.nanoTime() - EVERY_NANOS;

  SyncNotes(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void changed(InstanceStatus status) {
    long now = System.nanoTime();
    if (status.hasProgress() && now - told >= EVERY_NANOS) {
      told = now;
      String counts = StatusText.progress(status.counts().events(), status.total());
      terminal.note(org.myrhiza.view.Terminal.clean(status.name()) + ": syncing " + counts);
    }
  }

  @Override
  public void warned(String text) {
    terminal.note("warning: " + text);
  }
}
