// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browsertests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.myrhiza.bundle.Bundle;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.cli.browser.HeadlessChromium;
import org.myrhiza.cli.tools.Page;
import org.myrhiza.event.Admission;
import org.myrhiza.event.BundleId;
import org.myrhiza.frame.Authority;
import org.myrhiza.hash.Blake3;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.identity.Secret;
import org.myrhiza.instance.InstanceStatus;
import org.myrhiza.instance.LogRow;
import org.myrhiza.jvm.keys.Ed25519Jvm;
import org.myrhiza.jvm.peer.Peer;
import org.myrhiza.jvm.peer.PeerOptions;
import org.myrhiza.kernel.Command;
import org.myrhiza.kernel.Reply;
import org.myrhiza.relay.server.PageFiles;
import org.myrhiza.relay.server.RelayOptions;
import org.myrhiza.relay.server.RelayServer;
import org.myrhiza.testkit.apps.BuiltApps;
import org.myrhiza.testkit.files.FileVectors;
import org.myrhiza.testkit.files.Repository;
import org.myrhiza.testkit.stack.TestStack;
import org.myrhiza.view.Field;
import org.myrhiza.view.ViewText;
import org.openqa.selenium.chrome.ChromeDriver;

/**
 * One relay with the packed page, one native peer, and browsers with folders of their own. The
 * system chooses all ports. Closing ends everything and removes the folders.
 */
final class Stage implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final long ANSWER_SECONDS = 60;
  private static final long JOIN_MILLIS = 60_000;

  /** An app instance that the native peer created. */
  record Staged(String instance, String invite) {}

  private final Path folder = Files.createTempDirectory("myrhiza-page-");
  private final Deque<ChromeDriver> browsers = new ArrayDeque<>();
  private final Peer peer;
  private final RelayOptions options;
  private RelayServer relay;

  Stage() throws Exception {
    this(Page.files());
  }

  /** A stage whose relay serves another page. */
  Stage(PageFiles page) throws Exception {
    TestStack.install(new TestStack("pages", new FileVectors(Repository.root())));
    options = RelayOptions.defaults().withPage(page);
    relay = RelayServer.start(options.withListen(new Authority(HOST, 0)));
    peer =
        Peer.open(
            PeerOptions.in(folder.resolve("native")).withRelays(List.of(relay.webSocketUrl())));
  }

  /** Builds and signs an example app; always the same bytes. */
  static Bundle bundle(String app) {
    Secret seed = Secret.adopt(Blake3.hash(Bytes.of(1)).toArray());
    return BuiltApps.signed(
        BuiltApps.draft(app),
        Ed25519Jvm.publicFromSeed(seed),
        message -> Ed25519Jvm.sign(seed, message));
  }

  RelayServer relay() {
    return relay;
  }

  /** Cuts every link. */
  void stopRelay() {
    relay.stop();
  }

  /** Starts the relay again at its address. */
  void startRelay() throws IOException {
    relay = RelayServer.start(options.withListen(relay.listen()));
  }

  /** Starts the relay again at its address and under a name, and returns the page's URL there. */
  String nameRelay(String name) throws IOException {
    Authority named = new Authority(name, relay.listen().port());
    relay.stop();
    relay = RelayServer.start(options.withListen(relay.listen()).withNames(List.of(named)));
    return "http://" + named.text() + "/";
  }

  /** Creates an instance at the native peer. */
  Staged create(String app, String name) throws Exception {
    return create(app, name, List.of());
  }

  /** Creates an instance at the native peer with fields of the creation form. */
  Staged create(String app, String name, List<Field> fields) throws Exception {
    return create(bundle(app), name, fields, Admission.OPEN);
  }

  /** Creates an instance at the native peer that takes invited users only. */
  Staged createInvited(String app, String name) throws Exception {
    return create(bundle(app), name, List.of(), Admission.INVITED);
  }

  private Staged create(Bundle bundle, String name, List<Field> fields, Admission admission)
      throws Exception {
    Optional<BundleId> trusted = Optional.of(bundle.id());
    Command create =
        new Command.CreateApp(bundle.encode(), name, fields, List.of(), trusted, admission);
    Reply.Opened opened = ask(create, Reply.Opened.class);
    return new Staged(opened.status().instance().text(), opened.invite());
  }

  /** Lets the native peer write; returns once it is durable there. */
  void act(Staged app, String action, int amount) throws Exception {
    ask(act(app.instance(), action, amount), Reply.Acted.class);
  }

  /** Lets the native peer write without waiting for anything. */
  void begin(Staged app, String action, int amount) {
    var _ = peer.ask(act(app.instance(), action, amount));
  }

  private static Command act(String instance, String action, int amount) {
    List<Field> fields = List.of(new Field("amount", Integer.toString(amount)));
    return new Command.Act(instance, action, fields, 0);
  }

  InstanceStatus status(Staged app) throws Exception {
    return ask(new Command.ListApps(), Reply.Listed.class).instances().stream()
        .filter(status -> status.instance().text().equals(app.instance()))
        .findFirst()
        .orElseThrow();
  }

  String view(Staged app) throws Exception {
    return ViewText.render(ask(new Command.ViewApp(app.instance()), Reply.Viewed.class).view());
  }

  List<LogRow> log(Staged app) throws Exception {
    return ask(new Command.AppLog(app.instance(), 0, 500), Reply.Logged.class).rows();
  }

  /** Returns the keys that wrote for the app, in the order of their first events. */
  List<PublicKey> signers(Staged app) throws Exception {
    return log(app).stream()
        .filter(row -> row.content().tag() > 0)
        .map(LogRow::signer)
        .distinct()
        .toList();
  }

  /** Gives the native peer a command and waits. */
  <T extends Reply> T ask(Command command, Class<T> type) throws Exception {
    return type.cast(peer.ask(command).get(ANSWER_SECONDS, TimeUnit.SECONDS));
  }

  static Command join(String invite) {
    return new Command.JoinApp(invite, "", Optional.empty(), JOIN_MILLIS);
  }

  /** Returns the folder of a browser's profile. */
  Path profile(String name) throws IOException {
    return Files.createDirectories(folder.resolve("browser-" + name));
  }

  /** Copies the profile of a browser that does not run. */
  void copyProfile(String from, String to) throws IOException {
    Path source = profile(from);
    Path target = profile(to);
    try (Stream<Path> files = Files.walk(source)) {
      for (Path each : files.filter(file -> !Files.isSymbolicLink(file)).skip(1).toList()) {
        Files.copy(each, target.resolve(source.relativize(each)));
      }
    }
  }

  /** Starts a browser: the same name again is the same browser after a restart. */
  Tab open(String name) throws IOException {
    Tab tab = openEmpty(name);
    tab.go(relay.pageUrl());
    return tab;
  }

  /** Starts a browser with more flags and leaves it at an empty page. */
  Tab openEmpty(String name, String... flags) throws IOException {
    ChromeDriver driver = HeadlessChromium.open(profile(name), List.of(flags));
    browsers.push(driver);
    return new Tab(driver);
  }

  /** Kills the browser of that name and its driver as the system would: without a word. */
  void kill(String name) throws IOException {
    String mark = profile(name).toString();
    browsers.pop();
    List<ProcessHandle> started =
        ProcessHandle.current().descendants().filter(each -> mentions(each, mark)).toList();
    for (ProcessHandle each : started) {
      each.destroyForcibly();
    }
    for (ProcessHandle each : started) {
      each.onExit().orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS).join();
    }
  }

  private static boolean mentions(ProcessHandle process, String mark) {
    Stream<String> words = Stream.of(process.info().arguments().orElse(new String[0]));
    return words.anyMatch(word -> word.contains(mark));
  }

  @Override
  public void close() {
    browsers.forEach(ChromeDriver::quit);
    peer.close();
    relay.stop();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException | UncheckedIOException left) {
      System.err.println("left behind: " + folder + ": " + left.getMessage());
    }
  }
}
