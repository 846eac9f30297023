// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.myrhiza.instance.InstanceStatus;
import org.myrhiza.kernel.Reply;
import org.myrhiza.relay.server.RelayServer;

/** From the join of a topic that is new to a peer to its end, applied and on disk. */
final class LateJoin {
  private static final int OUTSTANDING = 512;
  private static final int WARM_UP = 2_000;
  private static final Figure.Setup NATIVE =
      new Figure.Setup(Rig.FSYNC, "Ed25519, all verified", "on", Rig.ENGINE);

  /** How a page stands. */
  static final Figure.Setup PAGE =
      new Figure.Setup(
          "every batch (IndexedDB, strict durability)",
          "Ed25519, all verified (libsodium)",
          "on",
          "browser");

  private LateJoin() {}

  /** Whom the newcomer pulls from, and which way it reaches him. */
  private record Host(NativePeer peer, Reply.Opened opened, InstanceStatus status) {}

  /** How long it took, and what else there is to say. */
  private record Run(String name, double seconds, String more) {}

  /** Native newcomers, over QUIC and over a relay. */
  static List<Figure> measureNative(Rig rig) throws Refused {
    List<Figure> figures = new ArrayList<>();
    try (NativePeer peer = rig.peer(rig.fresh("host"), List.of(), true)) {
      Host small = host(rig, peer, WARM_UP);
      join(rig, small, "QUIC, to warm up");
      figures.add(join(rig, host(rig, peer, rig.events()), "QUIC, no relay"));
    }
    try (RelayServer relay = rig.relay();
        NativePeer peer = rig.peer(rig.fresh("host"), List.of(relay.webSocketUrl()), false)) {
      figures.add(join(rig, host(rig, peer, rig.events()), "relay"));
    }
    return figures;
  }

  /** A fresh page. */
  static List<Figure> measurePage(Rig rig) throws Refused {
    try (RelayServer relay = rig.relay();
        NativePeer peer = rig.peer(rig.fresh("host"), List.of(relay.webSocketUrl()), false)) {
      return List.of(page(rig, host(rig, peer, rig.events()), relay.pageUrl()));
    }
  }

  private static Host host(Rig rig, NativePeer peer, int events) throws Refused {
    Reply.Opened opened = peer.create(rig.counter());
    String instance = opened.status().instance().text();
    rig.say("writing " + events + " events to be joined");
    peer.add(instance, events, OUTSTANDING);
    return new Host(peer, opened, peer.status(instance));
  }

  private static Figure join(Rig rig, Host host, String way) throws Refused {
    rig.say("a native peer joins over " + way);
    InstanceStatus joined;
    double seconds;
    String processor;
    try (NativePeer newcomer = rig.peer(rig.fresh("newcomer"), List.of(), false)) {
      Stopwatch watch = new Stopwatch();
      joined = newcomer.join(host.opened().invite(), rig.counter()).status();
      watch.stop();
      seconds = watch.seconds();
      processor = watch.processor(joined.counts().events()) + " for both peers in one process; ";
    }
    Refused.unlessEqual("the newcomer", joined.digest().toHex(), host.status().digest().toHex());
    return figure(new Run("late join, native peer, " + way, seconds, processor), host, NATIVE);
  }

  private static Figure figure(Run run, Host host, Figure.Setup setup) {
    long events = host.status().counts().events();
    String rate = String.format(Locale.ROOT, "%,.0f", events / run.seconds());
    String detail =
        events
            + " events of one author, "
            + rate
            + " a second; "
            + run.more()
            + "digest equal to the author's";
    return new Figure(run.name(), run.seconds(), "s", setup, detail);
  }

  private static Figure page(Rig rig, Host host, String url) throws Refused {
    rig.say("a fresh page joins");
    try (JoiningPage page = JoiningPage.open(rig, url)) {
      String digest = host.status().digest().toHex();
      double seconds = page.join(host.opened().invite(), digest);
      return figure(new Run("late join, fresh page, relay", seconds, ""), host, PAGE);
    }
  }
}
