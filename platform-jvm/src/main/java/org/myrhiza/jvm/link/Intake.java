// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.link;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Frames that came on one connection and were not yet taken by the kernel. When they are too many,
 * the connection is not read until half of them are gone: the other side then waits too.
 */
final class Intake {
  private final Runnable stop;
  private final Runnable go;
  private long bytes;
  private int frames;
  private boolean full;
  private boolean ended;

  /**
   * Begins empty.
   *
   * @param stop stops reading; called on the thread that admits
   * @param go reads again; called on the thread that takes
   */
  Intake(Runnable stop, Runnable go) {
    this.stop = stop;
    this.go = go;
  }

  /** Counts a frame in, and returns what counts it out, once. */
  Runnable admit(int size) {
    boolean nowFull;
    synchronized (this) {
      bytes += size;
      frames++;
      nowFull = !full && (bytes > Limits.UNTAKEN_BYTES || frames > Limits.UNTAKEN_FRAMES);
      full |= nowFull;
    }
    if (nowFull) {
      stop.run();
    }
    AtomicBoolean out = new AtomicBoolean();
    return () -> {
      if (out.compareAndSet(false, true)) {
        release(size);
      }
    };
  }

  private void release(int size) {
    boolean room;
    synchronized (this) {
      bytes -= size;
      frames--;
      room = full && bytes <= Limits.UNTAKEN_BYTES / 2 && frames <= Limits.UNTAKEN_FRAMES / 2;
      full &= !room;
      notifyAll();
    }
    if (room) {
      go.run();
    }
  }

  /** Blocks a reader of its own thread while it is full. */
  synchronized void awaitRoom() throws InterruptedException {
    while (full && !ended) {
      wait();
    }
  }

  /** Lets a blocked reader go: the connection ended. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }
}
