// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.myrhiza.bundle.Bundle;
import org.myrhiza.cli.terminal.Failure;
import org.myrhiza.cli.tools.BundleFiles;
import org.myrhiza.cli.tools.Page;
import org.myrhiza.frame.Authority;
import org.myrhiza.frame.RelayUrl;
import org.myrhiza.jvm.link.LinkException;
import org.myrhiza.jvm.peer.Peer;
import org.myrhiza.jvm.peer.PeerEars;
import org.myrhiza.jvm.peer.PeerOptions;
import org.myrhiza.jvm.store.DataException;
import org.myrhiza.relay.server.RelayOptions;
import org.myrhiza.relay.server.RelayServer;
import org.myrhiza.relay.server.RelayStartException;

/** What measurements share: a folder on the disk, bundles, peers, a relay. */
final class Rig implements AutoCloseable {
  /** How native peers sync the disk. */
  static final String FSYNC = "every batch (RocksDB, synced write-ahead log)";

  /** What runs guests in native peers. */
  static final String ENGINE = "chicory-compiled";

  private static final int USUAL_EVENTS = 10_000;
  private static final Authority ANY_PORT = new Authority("127.0.0.1", 0);

  private final Path folder;
  private final Bundle counter;
  private final Bundle chat;
  private final int events;
  private final Consumer<String> progress;
  private int folders;

  private Rig(Path folder, Apps apps, int events, Consumer<String> progress) {
    this.folder = folder;
    this.counter = apps.counter;
    this.chat = apps.chat;
    this.events = events;
    this.progress = progress;
  }

  static Rig open(Path root, int events, Consumer<String> progress) throws IOException, Refused {
    Path folder = Files.createDirectories(root.resolve("bench/target/data"));
    Path data = Files.createTempDirectory(folder, "run-");
    Path built = root.resolve("apps/target");
    Path author = data.resolve("author");
    Apps apps =
        new Apps(bundle(built.resolve("counter"), author), bundle(built.resolve("chat"), author));
    return new Rig(data, apps, events, progress);
  }

  private record Apps(Bundle counter, Bundle chat) {}

  private static Bundle bundle(Path app, Path author) throws Refused {
    try {
      return BundleFiles.build(app, author, Optional.empty());
    } catch (Failure failed) {
      throw new Refused("the bundle of " + app, failed);
    }
  }

  Bundle counter() {
    return counter;
  }

  Bundle chat() {
    return chat;
  }

  /** How many events a measurement of one size takes. */
  int events() {
    return events == 0 ? USUAL_EVENTS : events;
  }

  /** The sizes of a measurement that takes several, or the one that was asked for. */
  List<Integer> sizes(Integer... usual) {
    return events == 0 ? List.of(usual) : List.of(events);
  }

  void say(String text) {
    progress.accept(text);
  }

  /** Makes the path of a data folder that does not exist yet. */
  Path fresh(String name) {
    folders++;
    return folder.resolve(name + "-" + folders);
  }

  /** Makes an empty folder for a browser's profile. */
  Path profile() throws Refused {
    try {
      return Files.createDirectories(fresh("profile"));
    } catch (IOException failed) {
      throw new Refused("no folder for a browser", failed);
    }
  }

  NativePeer peer(Path data, List<String> relays, boolean listens) throws Refused {
    return peer(data, relays, listens, PeerEars.QUIET);
  }

  NativePeer peer(Path data, List<String> relays, boolean listens, PeerEars ears) throws Refused {
    PeerOptions options =
        PeerOptions.in(data)
            .withRelays(relays)
            .withListen(listens ? List.of(ANY_PORT) : List.of())
            .withEars(ears);
    try {
      Peer peer = Peer.open(options);
      if (!peer.engine().equals(ENGINE)) {
        peer.close();
        throw new Refused("the engine is " + peer.engine() + ", expected " + ENGINE);
      }
      return new NativePeer(peer);
    } catch (DataException | LinkException failed) {
      throw new Refused("a native peer does not open", failed);
    }
  }

  /** Parses URLs of relays. */
  static List<RelayUrl> urls(List<String> texts) {
    return texts.stream().map(text -> RelayUrl.parse(text).orThrow()).toList();
  }

  RelayServer relay() throws Refused {
    return relay(List.of());
  }

  /** Starts a relay that answers to further names. */
  RelayServer relay(List<Authority> names) throws Refused {
    try {
      return RelayServer.start(
          RelayOptions.defaults().withListen(ANY_PORT).withNames(names).withPage(Page.files()));
    } catch (RelayStartException failed) {
      throw new Refused("the relay does not start", failed);
    }
  }

  @Override
  public void close() {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException left) {
      throw new UncheckedIOException(left);
    }
  }
}
