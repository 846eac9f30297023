// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.hash.Limits;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.instance.Tuning;
import org.myrhiza.kernel.Command;
import org.myrhiza.kernel.Effect;
import org.myrhiza.kernel.EffectCodec;
import org.myrhiza.kernel.Input;
import org.myrhiza.kernel.InputCodec;
import org.myrhiza.kernel.Kernel;
import org.myrhiza.kernel.KeyRole;
import org.myrhiza.kernel.Recording;
import org.myrhiza.kernel.Reply;
import org.myrhiza.kernel.Settings;
import org.myrhiza.kernel.StoreEntry;
import org.myrhiza.testkit.Seeded;

/** One peer of a simulation: a kernel, and a platform around it that the simulation controls. */
public final class SimPeer implements Member {
  private static final int RESTART_MILLIS = 500;

  private final Simulation world;
  private final int index;
  private final Seeded random;
  private final SimDisk disk;
  private final Seeds seeds;
  private final PublicKey transport;
  private final Tuning tuning;
  private Optional<String> address = Optional.empty();
  private final List<Recording.Step> recording = new ArrayList<>();
  private final TreeMap<Long, Consumer<Reply>> asked = new TreeMap<>();

  private final List<Effect> seen = new ArrayList<>();
  private @Nullable Kernel kernel;
  private int generation;
  private long tokens;
  private int crashes;
  private boolean forgot;
  private boolean refusesKeys;
  private long verifiesHeldMillis;
  private long skewMillis;
  private int host;
  private long carried;
  private long crashBefore = -1;
  private Tear crashLeaves = Tear.NONE;
  private Bytes instance;
  private Bytes mark = Bytes.EMPTY;
  private final List<PublicKey> signers = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  private SimPeer(Simulation world, int index, Seeded random, Seeds seeds) {
    this.world = world;
    this.index = index;
    this.random = random;
    this.seeds = seeds;
    disk = new SimDisk(world, this, random);
    instance = seeds.instance();
    signers.add(signer());
    tuning =
        world.variesBuffers() ? Seeds.tuning(index, random.fork("tuning")) : Seeds.tuning(index);
    transport = world.signing().publicKey(seeds.transport());
  }

  private Settings settings() {
    return new Settings(
        new Settings.Keys(world.signing().publicKey(seeds.longTerm()), signer(), transport),
        "peer " + index,
        true,
        List.of(Simulation.RELAY),
        address.stream().toList(),
        tuning,
        Optional.of(new Settings.Past(mark, false)));
  }

  SimPeer(Simulation world, int index, Seeded random) {
    this(world, index, random, Seeds.of(random));
  }

  /** Can be dialled there from its next start on. */
  void listen(String at) {
    address = Optional.of(at);
  }

  SimPeer copy(int number, Seeded chance) {
    SimPeer twin = new SimPeer(world, number, chance, seeds);
    twin.instance = instance;
    twin.signers.clear();
    twin.signers.add(signer());
    twin.mark = mark;
    twin.disk.copy(disk);
    return twin;
  }

  @Override
  public int index() {
    return index;
  }

  @Override
  public PublicKey transport() {
    return transport;
  }

  /** What its kernels were told and asked for so far. */
  public Recording recording() {
    return new Recording(recording);
  }

  /** The user's key. */
  public PublicKey principal() {
    return world.signing().publicKey(seeds.longTerm());
  }

  /** The seed of the user's key. */
  Bytes lentUser() {
    return seeds.longTerm();
  }

  /** The key that signs its events now. */
  public PublicKey signer() {
    return world.signing().publicKey(instance);
  }

  /** The keys that signed its events so far; a copy begins with that of its original. */
  public List<PublicKey> signers() {
    return List.copyOf(signers);
  }

  /** Whether its store acknowledged what will vanish at the next crash. */
  public boolean hasDiskLied() {
    return store().hasLied();
  }

  /** Its store writes from now on, also what it only said that it had written. */
  public void endLies() {
    store().endLies();
  }

  /** Whether its store acknowledges now what will vanish at the next crash. */
  public boolean isDiskLying() {
    return store().isLying();
  }

  /** Whether something vanished from its store that it had acknowledged. */
  public boolean hasForgotten() {
    return forgot;
  }

  /** How often it crashed. */
  public int crashes() {
    return crashes;
  }

  /** How often it started or ended so far: what was asked in an earlier run is not answered. */
  public int generation() {
    return generation;
  }

  /** What survives its crashes. */
  public SimStore store() {
    return disk.store();
  }

  /** What became of the events that it signed; a copy knows what its original knew. */
  public OwnEvents own() {
    return disk.own();
  }

  /** What it told its operator so far, over all its runs. */
  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** Every effect of its kernels that was carried out, in order. */
  public List<Effect> effects() {
    return List.copyOf(seen);
  }

  /** Whether it runs. */
  public boolean isUp() {
    return kernel != null;
  }

  /** From now on each persist takes at least so long. */
  public void holdPersistsBack(long millis) {
    disk.holdBack(millis);
  }

  /** From now on each verification of a signature takes at least so long. */
  public void holdVerifiesBack(long millis) {
    verifiesHeldMillis = millis;
  }

  /** What is left of a persist at which a peer crashes. */
  public enum Tear {
    /** The peer does not crash. */
    NONE,
    /** Nothing. */
    ABSENT,
    /** All of it, but the peer was not told. */
    UNACKNOWLEDGED
  }

  /** Crashes at the next persist. */
  public void tearNextWrite(Tear left) {
    disk.tearNext(left);
  }

  /**
   * Crashes once it has carried out so many effects, counted from the first of its life, before the
   * next one.
   *
   * @param effects how many
   * @param left what is left of a persist that is under way then
   */
  public void crashBefore(long effects, Tear left) {
    crashBefore = effects;
    crashLeaves = left;
  }

  /** How many effects it carried out so far, over all its runs. */
  public long carried() {
    return carried;
  }

  /** Its store refuses to write for so long, and at least once; 0 or less ends it. */
  public void fillDisk(long millis) {
    disk.fill(millis);
  }

  /** From the next persist on, whatever is persisted vanishes at the next crash. */
  public void lieAboutWrites() {
    store().lie();
  }

  /** Sets the wall clock to so much after the right time, or before it. */
  public void skewClock(long millis) {
    skewMillis = millis;
  }

  /** Runs guests on another engine from its next start on; from 0 to the number of engines. */
  public void host(int number) {
    host = number;
  }

  /** What was in a store at some moment. */
  public record Backup(SimStore store) {}

  /** Copies what is in its store now. */
  public Backup backup() {
    SimStore copy = new SimStore();
    copy.copy(store());
    return new Backup(copy);
  }

  /** Puts a copy in the place of its store, while it is down; keys and mark stay. */
  public void restore(Backup backup) {
    store().copy(backup.store());
  }

  /** Whether it cannot store new keys from now on. */
  public void refuseKeys(boolean refuse) {
    refusesKeys = refuse;
  }

  /** Starts, or starts again after a crash; nothing if it runs. */
  public void start() {
    if (kernel != null) {
      return;
    }
    generation++;
    kernel = world.host(host).kernels().get();
    Bytes entropy = random.nextBytes(Limits.HASH_BYTES);
    tell(now -> new Input.Start(now, entropy, settings()));
  }

  /** Ends without a word; what is not in the store is lost. */
  public void crash() {
    crashes++;
    stop();
    if (store().forgetLies()) {
      forgot = true;
      world.injected().add(FaultKind.LYING_DISK);
    }
    int run = generation;
    world
        .clock()
        .after(
            1 + random.nextInt(RESTART_MILLIS),
            () -> {
              if (run == generation) {
                start();
              }
            });
  }

  /** Ends without a word and stays down. */
  public void stop() {
    kernel = null;
    disk.stop();
    generation++;
    asked.clear();
    world.network().crashed(this);
    world.network().direct().crashed(this);
  }

  /** Asks a command; the answer is told unless the peer crashes before. */
  public void ask(Command command, Consumer<Reply> then) {
    if (kernel == null) {
      return;
    }
    tokens++;
    long token = tokens;
    asked.put(token, then);
    tell(now -> new Input.Commanded(now, token, command));
  }

  private void later(LongFunction<Input> input) {
    laterBy(1, input);
  }

  @Override
  public void later(List<LongFunction<Input>> inputs) {
    int run = generation;
    world
        .clock()
        .after(
            1,
            () -> {
              for (LongFunction<Input> input : inputs) {
                if (run == generation) {
                  tell(input);
                }
              }
            });
  }

  private void laterBy(long millis, LongFunction<Input> input) {
    int run = generation;
    world
        .clock()
        .after(
            millis,
            () -> {
              if (run == generation) {
                tell(input);
              }
            });
  }

  /** Submits an input and carries out the effects. */
  @Override
  public void tell(LongFunction<Input> input) {
    Kernel running = kernel;
    if (running == null) {
      return;
    }
    Input told = input.apply(clockMillis());
    running.submit(told);
    List<Effect> effects = new ArrayList<>();
    List<Bytes> encoded = new ArrayList<>();
    Effect effect = running.poll();
    while (effect != null) {
      effects.add(effect);
      encoded.add(EffectCodec.INSTANCE.encode(effect));
      effect = running.poll();
    }
    Bytes encodedInput = InputCodec.INSTANCE.encode(told);
    world.trace(index, encodedInput, encoded);
    if (world.records()) {
      recording.add(new Recording.Step(encodedInput, encoded));
    }
    for (Effect each : effects) {
      if (kernel == running && carried == crashBefore) {
        crashBefore = -1;
        crashNow();
      }
      if (kernel == running) {
        carried++;
        if (world.records()) {
          seen.add(each);
        }
        carryOut(each);
      }
    }
  }

  private void crashNow() {
    if (crashLeaves == Tear.UNACKNOWLEDGED) {
      disk.endUnacknowledged();
    }
    crash();
  }

  /** What its wall clock shows. */
  private long clockMillis() {
    return world.now() + skewMillis;
  }

  private void carryOut(Effect effect) {
    switch (effect) {
      case Effect.Load load -> {
        SimStore.Page page = store().page(load.from(), load.to(), Math.min(load.limit(), 100));
        later(now -> new Input.Loaded(now, load.token(), page.entries(), page.complete()));
      }
      case Effect.Read read -> {
        List<StoreEntry> found = store().read(read.keys());
        later(now -> new Input.Loaded(now, read.token(), found, true));
      }
      case Effect.Persist persist -> disk.persist(persist);
      case Effect.Verify verify -> {
        boolean good =
            world.signing().verifier().verify(verify.key(), verify.message(), verify.signature());
        laterBy(
            Math.max(verifiesHeldMillis, random.nextInt(3)),
            now -> new Input.Verified(now, verify.token(), good));
      }
      case Effect.Sign sign -> {
        Bytes seed = sign.role() == KeyRole.LONG_TERM ? seeds.longTerm() : instance;
        later(
            now -> new Input.Signed(now, sign.token(), world.signing().sign(seed, sign.message())));
      }
      case Effect.NewInstance asked when refusesKeys ->
          later(now -> new Input.InstanceFailed(now, asked.token(), "no space is left"));
      case Effect.NewInstance made -> {
        instance = random.nextBytes(Limits.HASH_BYTES);
        PublicKey key = signer();
        signers.add(key);
        later(now -> new Input.InstanceMade(now, made.token(), key));
      }
      case Effect.KeepMark keep -> mark = keep.mark();
      case Effect.Prepare prepare -> {
        world.host(host).preparer().accept(prepare);
        later(now -> new Input.Prepared(now, prepare.token()));
      }
      case Effect.SetTimer timer ->
          laterBy(
              Math.max(1, timer.atMillis() - clockMillis()),
              now -> new Input.TimerFired(now, timer.token()));
      case Effect.StepAgain again -> later(Input.Stepped::new);
      case Effect.AskConsent ask ->
          later(now -> new Input.Consented(now, ask.token(), world.consents()));
      case Effect.Answer answer -> {
        Consumer<Reply> then = asked.remove(answer.token());
        if (then != null) {
          then.accept(answer.reply());
        }
      }
      case Effect.Attach attach -> world.network().attach(this, attach.channel());
      case Effect.Detach detach -> world.network().detach(this, detach.channel());
      case Effect.Send send -> world.network().send(this, send.link(), send.frame());
      case Effect.Publish publish ->
          world.network().publish(this, publish.channel(), publish.frame());
      case Effect.CloseLink close -> world.network().close(this, close.link());
      case Effect.Dial dial ->
          world.network().direct().dial(this, dial, world.listener(dial.address()));
      case Effect.Changed changed -> {}
      case Effect.Warn warn -> warnings.add(warn.text());
      case Effect.Halted halted -> {}
    }
  }
}
