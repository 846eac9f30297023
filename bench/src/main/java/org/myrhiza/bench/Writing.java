// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.myrhiza.event.TopicId;
import org.myrhiza.instance.InstanceStatus;

/** Own events of a native peer, each proposed, pre-checked, signed, applied and on disk. */
final class Writing {
  private static final int WARM_UP = 2_000;
  private static final int PIPELINED = 512;

  private static final Figure.Setup NATIVE =
      new Figure.Setup(Rig.FSYNC, "Ed25519, each made and verified", "on", Rig.ENGINE);

  private Writing() {}

  static List<Figure> measure(Rig rig) throws Refused {
    List<Figure> figures = new ArrayList<>();
    figures.add(run(rig, "own events, many outstanding, JVM", PIPELINED, rig.events()));
    figures.add(run(rig, "own events, one after the other, JVM", 1, rig.events() / 5));
    return figures;
  }

  private static Figure run(Rig rig, String name, int outstanding, int events) throws Refused {
    Path data = rig.fresh("writer");
    InstanceStatus status;
    TopicId topic;
    Stopwatch watch;
    try (NativePeer peer = rig.peer(data, List.of(), false)) {
      String warm = peer.create(rig.counter()).status().instance().text();
      peer.add(warm, Math.min(WARM_UP, events), outstanding);
      topic = peer.create(rig.counter()).status().instance();
      rig.say(name + ": " + events + " events");
      watch = new Stopwatch();
      peer.add(topic.text(), events, outstanding);
      watch.stop();
      status = peer.status(topic.text());
    }
    StoredReplay.Result again = StoredReplay.of(data, topic, rig.counter());
    Refused.unlessEqual("the replay of what is on disk", again.digest(), status.digest().toHex());
    if (status.counts().accepted() <= events || again.events() != status.counts().events()) {
      throw new Refused("not all events are there: " + status.counts() + ", stored " + again);
    }
    String detail =
        events
            + " events of the counter, "
            + outstanding
            + " outstanding, after a warm-up; "
            + watch.processor(events)
            + "; digest equal to a replay of the stored log";
    return new Figure(name, events / watch.seconds(), "events/s", NATIVE, detail);
  }
}
