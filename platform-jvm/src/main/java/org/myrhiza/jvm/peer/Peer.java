// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.peer;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.frame.Authority;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.instance.Tuning;
import org.myrhiza.jvm.keys.InstallationKeys;
import org.myrhiza.jvm.keys.Keystore;
import org.myrhiza.jvm.link.LinkException;
import org.myrhiza.jvm.link.Links;
import org.myrhiza.jvm.link.LinksOptions;
import org.myrhiza.jvm.link.TransportIdentity;
import org.myrhiza.jvm.store.DataException;
import org.myrhiza.jvm.store.DataFolder;
import org.myrhiza.jvm.store.MarkFile;
import org.myrhiza.jvm.store.RocksStore;
import org.myrhiza.kernel.Command;
import org.myrhiza.kernel.Input;
import org.myrhiza.kernel.Reply;
import org.myrhiza.kernel.Settings;

/**
 * A native peer: it owns a data folder, runs one kernel on a thread of its own, and serves the
 * kernel's effects with RocksDB, the key file, Chicory, and links over relays and QUIC.
 *
 * <p>Adapters post inputs to one bounded queue and stop reading their sockets while it is full. All
 * methods may be called from any thread.
 */
public final class Peer implements AutoCloseable {
  /** System property: {@code true} lets replay run again what it could skip, and compare. */
  public static final String CHECKS_REPLAY = "myrhiza.checkReplay";

  private final DataFolder folder;
  private final Keystore keys;
  private final KernelThread thread;
  private final String engine;
  private final List<Authority> listening;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Peer(
      DataFolder folder,
      Keystore keys,
      KernelThread thread,
      String engine,
      List<Authority> listening) {
    this.folder = folder;
    this.keys = keys;
    this.thread = thread;
    this.engine = engine;
    this.listening = List.copyOf(listening);
  }

  /**
   * Opens the data folder, making identity and store when they are missing, binds the listening
   * addresses and starts the kernel.
   *
   * @throws DataException if the folder, the key file or the store cannot be used
   * @throws LinkException if an address cannot be listened on
   */
  public static Peer open(PeerOptions options) throws DataException, LinkException {
    DataFolder folder = DataFolder.own(options.data());
    List<AutoCloseable> opened = new ArrayList<>(List.of(folder));
    boolean started = false;
    try {
      folder.checkComplete();
      Keystore keys =
          Keystore.open(folder.keys(), options.passphrase(), DeviceName.ofThisMachine());
      MarkFile mark = MarkFile.of(folder);
      RocksStore store = RocksStore.open(folder.store());
      opened.addFirst(store);
      if (store.isUnsure()) {
        mark.forget();
      }
      Settings.Past past = mark.read();
      Mailbox mailbox = new Mailbox();
      Links links =
          Links.open(
              LinksOptions.of(TransportIdentity.fromSeed(keys.keys().transport())),
              new LinkInputs(mailbox));
      opened.addFirst(links);
      List<Authority> bound = new ArrayList<>();
      for (Authority address : options.listen()) {
        bound.add(links.listen(address));
      }
      Adapters.Holdings holdings = new Adapters.Holdings(store, keys, mark);
      Adapters adapters = new Adapters(mailbox, holdings, links, options.ears());
      Input.Start start = start(options, keys.keys(), past, bound);
      KernelThread thread = new KernelThread(mailbox, adapters, adapters.ports(), start);
      thread.start();
      started = true;
      return new Peer(folder, keys, thread, adapters.engineName(), bound);
    } finally {
      if (!started) {
        closeAll(opened);
      }
    }
  }

  private static Input.Start start(
      PeerOptions options, InstallationKeys keys, Settings.Past past, List<Authority> bound) {
    byte[] entropy = new byte[Limits.ENTROPY_BYTES];
    new SecureRandom().nextBytes(entropy);
    return new Input.Start(
        System.currentTimeMillis(),
        Bytes.adopt(entropy),
        new Settings(
            new Settings.Keys(
                InstallationKeys.publicOf(keys.longTerm()),
                InstallationKeys.publicOf(keys.instance()),
                InstallationKeys.publicOf(keys.transport())),
            keys.deviceName(),
            true,
            options.relays(),
            Addresses.hints(bound),
            Tuning.DEFAULT.checking(Boolean.getBoolean(CHECKS_REPLAY)),
            Optional.of(past)));
  }

  private static void closeAll(List<AutoCloseable> opened) {
    for (AutoCloseable each : opened) {
      switch (each) {
        case DataFolder folder -> folder.close();
        case RocksStore store -> store.close();
        case Links links -> links.close();
        default -> throw new IllegalStateException("nobody closes " + each.getClass());
      }
    }
  }

  /**
   * Gives the kernel a command; the reply comes once what it speaks of is durable. Cancelling the
   * future tells the kernel that nobody waits any more.
   */
  public CompletableFuture<Reply> ask(Command command) {
    return ask(command, ConsentAsker.REFUSE);
  }

  /** Gives the kernel a command, with someone to decide if it needs a consent. */
  public CompletableFuture<Reply> ask(Command command, ConsentAsker asker) {
    return thread.ask(command, asker);
  }

  /** Returns the user's long-term key. */
  public PublicKey user() {
    return InstallationKeys.publicOf(keys.keys().longTerm());
  }

  /** Returns the instance key that this installation writes with now. */
  public PublicKey instance() {
    return InstallationKeys.publicOf(keys.keys().instance());
  }

  /** Returns whether the identity was made when this peer opened. */
  public boolean created() {
    return keys.keys().created();
  }

  /** Returns the name of the engine that runs guests here. */
  public String engine() {
    return engine;
  }

  /** Returns the addresses that accept QUIC links, with their real ports. */
  public List<Authority> listening() {
    return listening;
  }

  /** Returns the data folder. */
  public DataFolder folder() {
    return folder;
  }

  /** Stops the kernel after the step it is in, then all adapters, and frees the data folder. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      thread.close();
      folder.close();
    }
  }
}
