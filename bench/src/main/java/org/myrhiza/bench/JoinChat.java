// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.myrhiza.frame.AddressHint;
import org.myrhiza.frame.Invitation;
import org.myrhiza.kernel.Reply;
import org.myrhiza.relay.server.RelayServer;

/**
 * Late joins of a chat of two authors who took turns: by a native peer in a process of its own and
 * by a fresh page, from one, two and four native peers that hold it all, over a relay, and from one
 * over QUIC. Serving peers and relay share a process.
 */
final class JoinChat {
  private static final int WARM_UP = 10_000;
  private static final int[] SERVERS = {1, 2, 4};
  private static final String HEAP = "512m";
  private static final Figure.Setup NATIVE =
      new Figure.Setup(Rig.FSYNC, "Ed25519, all verified", "on", Rig.ENGINE);

  private final Rig rig;
  private final boolean pages;
  private final Warm warm;
  private final RelayServer relay;
  private final CountingRelay counter;
  private final List<NativePeer> servers = new ArrayList<>();
  private final List<Reply.Opened> opened = new ArrayList<>();
  private final List<Figure> figures = new ArrayList<>();

  /** What newcomers join first. */
  private record Warm(Feeder feeder, PreparedChat chat) {
    String invite() {
      return feeder.invite(List.of());
    }
  }

  private JoinChat(Rig rig, boolean pages, Warm warm, RelayServer relay, CountingRelay counter) {
    this.rig = rig;
    this.pages = pages;
    this.warm = warm;
    this.relay = relay;
    this.counter = counter;
  }

  /**
   * Measures.
   *
   * @param pages whether pages join, or native peers
   */
  static List<Figure> measure(Rig rig, boolean pages) throws Refused {
    List<Figure> figures = new ArrayList<>();
    List<Integer> sizes = rig.sizes(10_000, 100_000);
    int warm = Math.min(WARM_UP, Collections.max(sizes));
    try (PreparedChat chat = Ingest.prepare(rig, 1, warm);
        Feeder feeder = Feeder.of(chat, rig.chat());
        CountingRelay counter = CountingRelay.open();
        RelayServer relay = rig.relay(List.of(counter.address()))) {
      counter.leadsTo(relay);
      for (int size : sizes) {
        JoinChat one = new JoinChat(rig, pages, new Warm(feeder, chat), relay, counter);
        one.ofSize(size);
        figures.addAll(one.figures);
      }
    }
    return figures;
  }

  private void ofSize(int messages) throws Refused {
    try (PreparedChat chat = Ingest.prepare(rig, 2, messages);
        Feeder feeder = Feeder.of(chat, rig.chat())) {
      for (int count : SERVERS) {
        serve(count, feeder);
        if (pages) {
          add(page(chat, feeder));
        } else {
          natives(chat, feeder);
        }
      }
    } finally {
      servers.forEach(NativePeer::close);
    }
  }

  /** Lets more peers hold it all, which are fed. */
  private void serve(int count, Feeder feeder) throws Refused {
    List<String> relays = List.of(relay.webSocketUrl());
    while (servers.size() < count) {
      rig.say("peer " + (servers.size() + 1) + " gets what it is to serve");
      servers.add(rig.peer(rig.fresh("server"), List.of(), servers.isEmpty()));
      opened.add(servers.getLast().join(feeder.invite(Rig.urls(relays)), rig.chat()));
      String digest = opened.getLast().status().digest().toHex();
      Refused.unlessEqual("a serving peer", digest, digest());
    }
  }

  private String digest() {
    return opened.getFirst().status().digest().toHex();
  }

  /** Tells a figure at once too, since those after it may take long. */
  private void add(Figure figure) {
    figures.add(figure);
    rig.say(figure.text());
  }

  private void natives(PreparedChat chat, Feeder feeder) throws Refused {
    if (servers.size() == 1) {
      List<AddressHint> all = Invitation.parse(opened.getFirst().invite()).orThrow().addresses();
      String invite = feeder.invite(List.of(), all.subList(0, 1));
      add(newcomer(chat, List.of(warm.invite(), invite), "QUIC"));
      add(newcomer(chat, List.of(invite), "QUIC, by a command"));
    }
    add(newcomer(chat, List.of(warm.invite(), overRelay(feeder)), "relay"));
  }

  private String overRelay(Feeder feeder) {
    String url = counter.inPlaceOf(relay.webSocketUrl());
    return feeder.invite(Rig.urls(List.of(url)), List.of());
  }

  /**
   * Joins the topics in turn, of which the last one is measured; a single one with a Java that has
   * just started, as a command does that finds no running peer.
   */
  private Figure newcomer(PreparedChat chat, List<String> invites, String way) throws Refused {
    Path data = rig.fresh("newcomer");
    rig.say("a native peer joins over " + way);
    long before = counter.bytes();
    Joined.Start start = invites.size() == 1 ? Joined.Start.COMMAND : Joined.Start.PEER;
    Joined joined = Joined.by(data, start, HEAP, rig.chat(), invites);
    Refused.unlessEqual("the newcomer", joined.digest(), digest());
    long disk = Processes.bytesBelow(data.resolve("store"), path -> true);
    Sizes sizes =
        new Sizes(
            (double) (counter.bytes() - before) / chat.size(),
            (double) disk / (chat.size() + (invites.size() - 1) * warm.chat().size()));
    Run run = new Run("native peer, " + way, joined.seconds(), sizes, joined.cost());
    return figure(run, chat, NATIVE);
  }

  private Figure page(PreparedChat chat, Feeder feeder) throws Refused {
    rig.say("a fresh page joins");
    try (JoiningPage page = JoiningPage.open(rig, counter.inPlaceOf(relay.pageUrl()))) {
      long before = counter.bytes();
      double seconds = page.join(overRelay(feeder), digest());
      Sizes sizes =
          new Sizes(
              (double) (counter.bytes() - before) / chat.size(),
              (double) page.diskBytes() / chat.size());
      String cost =
          String.format(
              Locale.ROOT, "%.0f MB resident in the page's process", page.residentMegabytes());
      return figure(new Run("fresh page, relay", seconds, sizes, cost), chat, LateJoin.PAGE);
    }
  }

  /** Bytes of each event: on the wire, 0 where they were not counted, and on the disk. */
  private record Sizes(double wire, double disk) {}

  /** How one newcomer joined. */
  private record Run(String who, double seconds, Sizes sizes, String cost) {}

  private Figure figure(Run run, PreparedChat chat, Figure.Setup setup) {
    String counted =
        run.sizes.wire == 0
            ? ""
            : String.format(Locale.ROOT, "%.0f bytes on the wire, ", run.sizes.wire);
    String detail =
        String.format(
            Locale.ROOT,
            "%d events of 2 authors in turn, messages of %d bytes, %.0f an event; %s%.0f on the"
                + " disk each; %s; %.2f s; digest equal to the servers'",
            chat.size(),
            PreparedChat.MESSAGE_BYTES,
            (double) chat.bytes() / chat.size(),
            counted,
            run.sizes.disk,
            run.cost,
            run.seconds);
    String name = "late join, " + run.who + ", " + servers.size() + " serving, " + chat.size();
    return new Figure(name, chat.size() / run.seconds, "events/s", setup, detail);
  }
}
