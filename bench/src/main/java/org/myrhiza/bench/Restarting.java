// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a start of a native peer costs that holds a long chat, up to the first digest: on a Java
 * that just began, and once it is warm.
 */
final class Restarting {
  private static final int STARTS = 4;
  private static final String HEAP = "512m";
  private static final Figure.Setup SETUP =
      new Figure.Setup(Rig.FSYNC, "Ed25519, all verified", "on", Rig.ENGINE);

  private Restarting() {}

  static List<Figure> measure(Rig rig) throws Refused {
    List<Figure> figures = new ArrayList<>();
    for (int size : rig.sizes(100_000, 1_000_000)) {
      Path data = rig.fresh("restart");
      try (PreparedChat chat = Ingest.prepare(rig, 1, size);
          Feeder feeder = Feeder.of(chat, rig.chat())) {
        rig.say("a peer takes " + chat.size() + " events");
        Joined joined =
            Joined.by(data, Joined.Start.PEER, HEAP, rig.chat(), List.of(feeder.invite(List.of())));
        figures.add(figure(data, joined));
        rig.say(figures.getLast().text());
      }
    }
    return figures;
  }

  private static Figure figure(Path data, Joined joined) throws Refused {
    List<String> lines =
        Joined.lines(
            Joined.Start.PEER,
            HEAP,
            RestartingPeer.class,
            List.of(data.toString(), Integer.toString(STARTS)),
            data.resolveSibling(data.getFileName() + ".starts"));
    List<String[]> starts = new ArrayList<>();
    for (String line : lines) {
      String[] told = line.split(" ", -1);
      if (!told[0].equals("started") || told.length != 6) {
        throw new Refused("the peer did not start: " + line);
      }
      Refused.unlessEqual("the digest after a start", told[5], joined.digest());
      starts.add(told);
    }
    String[] first = starts.getFirst();
    String[] last = starts.getLast();
    String detail =
        String.format(
            Locale.ROOT,
            "%s events, up to the first digest, start %d in one process; %s s; the first one %s"
                + " ms, %s s; heap %s, %s MB in use",
            last[4],
            starts.size(),
            last[2],
            first[1],
            first[2],
            HEAP,
            last[3]);
    return new Figure(
        "start with " + joined.events() + " events, processor time",
        Double.parseDouble(last[1]),
        "ms",
        SETUP,
        detail);
  }
}
