// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.frame.ChannelId;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.kernel.LinkKind;

/** What a test heard of its links, in order. */
final class Heard implements LinkEvents {
  sealed interface Event {}

  record Up(long link, PublicKey remote, LinkKind kind, boolean dialled) implements Event {}

  record Down(long link, String reason) implements Event {}

  record Failed(PublicKey remote, String address, String reason) implements Event {}

  record Joined(long link, ChannelId channel) implements Event {}

  record Left(long link, ChannelId channel) implements Event {}

  record Relay(String url, boolean up, String reason) implements Event {}

  record Frame(long link, Bytes frame, Runnable taken) implements Event {}

  private static final long PATIENCE_SECONDS = 30;

  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final boolean takes;

  private Heard(boolean takes) {
    this.takes = takes;
  }

  /** Takes each frame as it comes. */
  static Heard taking() {
    return new Heard(true);
  }

  /** Leaves taking the frames to the test. */
  static Heard leaving() {
    return new Heard(false);
  }

  <T extends Event> T next(Class<T> kind) {
    try {
      Event event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(event).isInstanceOf(kind);
      return kind.cast(event);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /** Passes over other events until one of this kind comes. */
  <T extends Event> T until(Class<T> kind) {
    try {
      for (Event event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
          event != null;
          event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        if (kind.isInstance(event)) {
          return kind.cast(event);
        }
      }
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
    throw new AssertionError("never heard " + kind.getSimpleName());
  }

  int waiting() {
    return events.size();
  }

  @Override
  public void linkUp(long link, PublicKey remote, LinkKind kind, boolean dialled) {
    events.add(new Up(link, remote, kind, dialled));
  }

  @Override
  public void linkDown(long link, String reason) {
    events.add(new Down(link, reason));
  }

  @Override
  public void dialFailed(PublicKey remote, String address, String reason) {
    events.add(new Failed(remote, address, reason));
  }

  @Override
  public void memberJoined(long link, ChannelId channel) {
    events.add(new Joined(link, channel));
  }

  @Override
  public void memberLeft(long link, ChannelId channel) {
    events.add(new Left(link, channel));
  }

  @Override
  public void relayState(String url, boolean up, String reason) {
    events.add(new Relay(url, up, reason));
  }

  @Override
  public void frameArrived(long link, Bytes frame, Runnable taken) {
    events.add(new Frame(link, frame, taken));
    if (takes) {
      taken.run();
    }
  }
}
