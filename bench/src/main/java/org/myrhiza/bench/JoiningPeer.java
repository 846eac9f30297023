// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.BundleId;
import org.myrhiza.instance.InstanceStatus;
import org.myrhiza.jvm.peer.Peer;
import org.myrhiza.jvm.peer.PeerEars;
import org.myrhiza.jvm.peer.PeerOptions;
import org.myrhiza.kernel.Command;
import org.myrhiza.kernel.Reply;

/**
 * A native peer in a process of its own, so that its memory and its processor time are its own too:
 * joins one topic after the other and says of each how it went, in lines that {@link Joined} reads.
 */
public final class JoiningPeer {
  private static final long PATIENCE_MILLIS = TimeUnit.HOURS.toMillis(1);
  private static final long TOLD_EVERY_NANOS = TimeUnit.SECONDS.toNanos(5);

  private JoiningPeer() {}

  /** How far the topic has come, and when: told by the kernel with each batch on disk. */
  private static final class Course implements PeerEars {
    private final List<String> samples = new ArrayList<>();
    private long begin;
    private long told;
    private long events;

    synchronized void begin() {
      samples.clear();
      begin = System.nanoTime();
      told = begin;
      events = 0;
    }

    @Override
    public synchronized void changed(InstanceStatus status) {
      long now = System.nanoTime();
      long before = events;
      events = status.counts().accepted();
      if (events != before) {
        samples.add((now - begin) / 1_000 + ":" + events);
      }
      if (now - told > TOLD_EVERY_NANOS) {
        told = now;
        System.err.println("  " + events + " events so far");
      }
    }

    @Override
    public void warned(String text) {
      System.err.println(text);
    }

    synchronized String samples() {
      return String.join(",", samples);
    }
  }

  /** Takes the data folder, the bundle's id in hex, and invitations. */
  public static void main(String[] args) throws Exception {
    Course course = new Course();
    BundleId bundle = new BundleId(Bytes.hex(args[1]));
    PeerOptions options = PeerOptions.in(Path.of(args[0])).withEars(course);
    try (Peer peer = Peer.open(options)) {
      for (int i = 2; i < args.length; i++) {
        course.begin();
        Threads threads = new Threads();
        Stopwatch watch = new Stopwatch();
        Command join = new Command.JoinApp(args[i], "", Optional.of(bundle), PATIENCE_MILLIS);
        Reply reply = peer.ask(join).get();
        watch.stop();
        System.out.println(
            reply instanceof Reply.Opened opened
                ? told(opened.status(), watch, threads, course)
                : "failed " + reply);
      }
    }
  }

  private static String told(
      InstanceStatus status, Stopwatch watch, Threads threads, Course course) {
    long self = ProcessHandle.current().pid();
    return String.format(
        Locale.ROOT,
        "joined %.6f %d %d %s %d %d %d %s %s",
        watch.seconds(),
        status.counts().events(),
        status.counts().accepted(),
        status.digest().toHex(),
        watch.processorNanos(),
        Processes.kilobytes(self, "VmRSS:"),
        Processes.kilobytes(self, "VmHWM:"),
        threads.since(status.counts().events()),
        course.samples());
  }
}
