// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * How fast a native peer takes signed events from one link: frames opened, signatures verified,
 * events placed, applied and in the store, by the number of events. Whoever serves reads them from
 * a file, so that what is measured is the peer alone, in a process of its own.
 */
final class Ingest {
  private static final int WARM_UP = 10_000;
  private static final int WINDOWS = 10;
  private static final String SMALL_HEAP = "512m";
  private static final String LARGE_HEAP = "4g";
  private static final Figure.Setup SETUP =
      new Figure.Setup(Rig.FSYNC, "Ed25519, all verified", "on", Rig.ENGINE);

  private Ingest() {}

  static List<Figure> measure(Rig rig) throws Refused {
    List<Figure> figures = new ArrayList<>();
    List<Integer> sizes = rig.sizes(10_000, 100_000, 1_000_000);
    try (PreparedChat warm = prepare(rig, 1, Math.min(WARM_UP, Collections.max(sizes)));
        Feeder warmFeeder = Feeder.of(warm, rig.chat())) {
      for (int size : sizes) {
        try (PreparedChat chat = prepare(rig, 2, size);
            Feeder feeder = Feeder.of(chat, rig.chat())) {
          List<String> invites = List.of(warmFeeder.invite(List.of()), feeder.invite(List.of()));
          figures.add(withAnyHeap(rig, chat, invites));
          rig.say(figures.getLast().text());
        }
      }
    }
    return figures;
  }

  /** Signs a chat, to be served by a feeder. */
  static PreparedChat prepare(Rig rig, int number, int messages) throws Refused {
    rig.say("signing " + messages + " messages");
    return PreparedChat.write(rig.fresh("chat"), rig.chat(), number, messages, rig::say);
  }

  /** With the small heap and, if that does not do, with the large one, which the figure says. */
  private static Figure withAnyHeap(Rig rig, PreparedChat chat, List<String> invites)
      throws Refused {
    try {
      return one(rig, chat, invites, SMALL_HEAP);
    } catch (Refused small) {
      rig.say("not with " + SMALL_HEAP + ": " + small.getMessage());
      return one(rig, chat, invites, LARGE_HEAP);
    }
  }

  private static Figure one(Rig rig, PreparedChat chat, List<String> invites, String heap)
      throws Refused {
    Path data = rig.fresh("ingest");
    rig.say("a peer with a heap of " + heap + " takes " + chat.size() + " events");
    Joined joined = Joined.by(data, Joined.Start.PEER, heap, rig.chat(), invites);
    rig.say("replaying what it stored");
    StoredReplay.Result again = StoredReplay.of(data, chat.topic(), rig.chat());
    Refused.unlessEqual("the replay of what is on disk", again.digest(), joined.digest());
    // The app is not asked about the other author's join.
    if (again.events() != chat.size() || joined.accepted() != chat.size() - 1) {
      throw new Refused("not all events are there: " + joined.accepted() + ", stored " + again);
    }
    List<Long> rates = joined.rates(WINDOWS);
    String detail =
        String.format(
            Locale.ROOT,
            "%d events of 2 authors in turn, messages of %d bytes; heap %s; %s; events a second in"
                + " tenths: %s, least divided by most %.2f; digest equal to a replay of the stored"
                + " log",
            joined.events(),
            PreparedChat.MESSAGE_BYTES,
            heap,
            joined.cost(),
            rates,
            (double) Collections.min(rates) / Collections.max(rates));
    double rate = joined.events() / joined.seconds();
    return new Figure(
        "ingest of " + (chat.size() - PreparedChat.FIRST) + " messages",
        rate,
        "events/s",
        SETUP,
        detail);
  }
}
