// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.demo;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.myrhiza.cli.terminal.Failure;
import org.myrhiza.cli.terminal.Terminal;

/**
 * Keeps the demonstration's table up to date at the bottom of a terminal. Lines of progress go
 * above it.
 */
final class LiveTable implements AutoCloseable, Consumer<String> {
  private static final long REFRESH_MILLIS = 500;

  private final Terminal terminal;
  private final Demo demo;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("myrhiza-table").daemon().factory());
  private List<String> shown = List.of();
  private boolean closed;

  private LiveTable(Terminal terminal, Demo demo) {
    this.terminal = terminal;
    this.demo = demo;
  }

  /** Shows the table from now on. */
  static LiveTable start(Terminal terminal, Demo demo) {
    LiveTable table = new LiveTable(terminal, demo);
    var _ =
        table.clock.scheduleWithFixedDelay(
            table::refresh, 0, REFRESH_MILLIS, TimeUnit.MILLISECONDS);
    return table;
  }

  /** Prints a line above the table. */
  @Override
  public synchronized void accept(String line) {
    if (!closed) {
      terminal.rewind(shown.size());
    }
    terminal.note(line);
    if (!closed) {
      shown.forEach(terminal::note);
    }
  }

  private void refresh() {
    try {
      show(DemoTable.of(demo.players(), demo.seen()));
    } catch (Failure gone) {
      // A peer that is being stopped answers no more: the table stays as it was.
      close();
    }
  }

  private synchronized void show(List<String> lines) {
    if (closed || lines.equals(shown)) {
      return;
    }
    terminal.rewind(shown.size());
    shown = lines;
    shown.forEach(terminal::note);
  }

  /** Leaves the table as it is. */
  @Override
  public synchronized void close() {
    closed = true;
    clock.shutdown();
  }
}
