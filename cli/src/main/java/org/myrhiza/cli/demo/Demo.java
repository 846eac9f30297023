// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.myrhiza.bundle.Bundle;
import org.myrhiza.cli.terminal.ExitCode;
import org.myrhiza.cli.terminal.Failure;
import org.myrhiza.cli.tools.BundleFiles;
import org.myrhiza.cli.tools.Page;
import org.myrhiza.frame.Authority;
import org.myrhiza.jvm.control.ControlServer;
import org.myrhiza.jvm.link.LinkException;
import org.myrhiza.jvm.peer.Peer;
import org.myrhiza.jvm.peer.PeerOptions;
import org.myrhiza.jvm.store.DataException;
import org.myrhiza.relay.server.RelayOptions;
import org.myrhiza.relay.server.RelayServer;
import org.myrhiza.relay.server.RelayStartException;
import org.myrhiza.view.Field;

/**
 * The stage of the demonstration: a relay, two native peers, three app instances. Everything is
 * used through its public side; cutting the links means stopping the relay, healing them means
 * starting it again on the same port.
 */
final class Demo implements AutoCloseable {
  /** The port that the page's identity belongs to, unless it is taken. */
  static final int PORT = 7420;

  private static final String HOST = "127.0.0.1";

  private final Path data;
  private final Consumer<String> progress;
  private final List<NativePlayer> natives = new ArrayList<>();
  private final List<Player> players = new ArrayList<>();
  private final List<ControlServer> controls = new ArrayList<>();
  private final List<Staged> apps = new ArrayList<>();
  private RelayServer relay;

  private Demo(Path data, Consumer<String> progress, RelayServer relay) {
    this.data = data;
    this.progress = progress;
    this.relay = relay;
  }

  /**
   * Starts relay and native peers, creates the apps and lets the second peer join them.
   *
   * @param data the folder of all data
   * @param sources the folder with the built apps
   */
  static Demo start(Path data, Path sources, Consumer<String> progress) throws Failure {
    RelayServer relay = startRelay(PORT, true);
    if (relay.port() != PORT) {
      progress.accept(
          "port " + PORT + " is taken, using " + relay.port() + ": the page begins a new identity");
    }
    Demo demo = new Demo(data, progress, relay);
    boolean ready = false;
    try {
      demo.open("ada");
      demo.open("ben");
      demo.stage(sources);
      ready = true;
      return demo;
    } finally {
      if (!ready) {
        demo.close();
      }
    }
  }

  private static RelayServer startRelay(int port, boolean orFree) throws Failure {
    try {
      RelayOptions options =
          RelayOptions.defaults().withListen(new Authority(HOST, port)).withPage(Page.files());
      return RelayServer.start(orFree ? options.orFreePort() : options);
    } catch (RelayStartException failed) {
      throw new Failure(ExitCode.FAILED, "listen", String.valueOf(failed.getMessage()), "", "");
    }
  }

  private void open(String name) throws Failure {
    try {
      Peer peer =
          Peer.open(PeerOptions.in(data.resolve(name)).withRelays(List.of(relay.webSocketUrl())));
      NativePlayer player = new NativePlayer(name, peer);
      natives.add(player);
      players.add(player);
      controls.add(ControlServer.open(peer));
    } catch (DataException failed) {
      throw Failure.of(failed);
    } catch (LinkException failed) {
      throw new Failure(ExitCode.FAILED, "listen", String.valueOf(failed.getMessage()), "", "");
    }
  }

  private void stage(Path sources) throws Failure {
    Bundle counter = bundle(sources, "counter");
    Bundle poll = bundle(sources, "poll");
    List<Field> form = new ArrayList<>(List.of(new Field("title", "Lunch?")));
    Staged.OPTIONS.forEach(option -> form.add(new Field("option", option)));
    NativePlayer first = natives.getFirst();
    apps.add(first.create("counter", counter.encode(), List.of(), counter.id()));
    apps.add(first.create("poll", poll.encode(), form, poll.id()));
    apps.add(first.create("counter-2", counter.encode(), List.of(), counter.id()));
    for (Staged app : apps) {
      natives.get(1).join(app);
      progress.accept("ben joined " + app.app());
    }
  }

  private Bundle bundle(Path sources, String app) throws Failure {
    return BundleFiles.build(sources.resolve(app), data.resolve("author"), Optional.empty());
  }

  /** Lets another player join everything. */
  void join(Player player) throws Failure {
    players.add(player);
    for (Staged app : apps) {
      player.join(app);
      progress.accept(player.name() + " joined " + app.app());
    }
  }

  /** Cuts all links. */
  void cut() {
    relay.stop();
    progress.accept("links cut: the relay is stopped");
  }

  /** Heals all links. */
  void heal() throws Failure {
    relay = startRelay(relay.port(), false);
    progress.accept("links healed: the relay is back on port " + relay.port());
  }

  /** Returns the page's address. */
  String page() {
    return relay.pageUrl();
  }

  /** Returns all app instances. */
  List<Staged> apps() {
    return List.copyOf(apps);
  }

  /** Returns everybody who plays. */
  List<Player> players() {
    return List.copyOf(players);
  }

  /** Returns the folder of the peer that created the apps. */
  Path foundersData() {
    return data.resolve(founder().name());
  }

  /** Returns the peer that created the apps. */
  NativePlayer founder() {
    return natives.getFirst();
  }

  /** Returns what each player shows of each app now, by app and then by player. */
  Map<Staged, List<Player.Seen>> seen() throws Failure {
    Map<Staged, List<Player.Seen>> seen = new LinkedHashMap<>();
    for (Staged app : apps) {
      List<Player.Seen> row = new ArrayList<>();
      for (Player player : players) {
        row.add(player.seen(app.instance()));
      }
      seen.put(app, row);
    }
    return seen;
  }

  @Override
  public void close() {
    controls.forEach(ControlServer::close);
    players.reversed().forEach(Player::close);
    relay.stop();
  }
}
