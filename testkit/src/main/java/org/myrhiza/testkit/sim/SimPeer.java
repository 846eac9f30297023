// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.hash.Limits;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.kernel.Command;
import org.myrhiza.kernel.Effect;
import org.myrhiza.kernel.Input;
import org.myrhiza.kernel.Kernel;
import org.myrhiza.kernel.KeyRole;
import org.myrhiza.kernel.Recorder;
import org.myrhiza.kernel.Reply;
import org.myrhiza.kernel.Settings;
import org.myrhiza.testkit.Seeded;

/** One peer of a simulation: a kernel, and a platform around it that the simulation controls. */
public final class SimPeer implements Member {
  private static final int RESTART_MILLIS = 500;
  private static final int MILLE = 1_000;

  private final Simulation world;
  private final int index;
  private final Seeded random;
  private final SimStore store = new SimStore();
  private final Seeds seeds;
  private final Settings settings;
  private final Recorder recorder = new Recorder();
  private final TreeMap<Long, Consumer<Reply>> asked = new TreeMap<>();
  private final List<Effect> seen = new ArrayList<>();
  private @Nullable Kernel kernel;
  private int generation;
  private long tokens;
  private int crashes;
  private long persistsHeldMillis;
  private long verifiesHeldMillis;

  private SimPeer(Simulation world, int index, Seeded random, Seeds seeds) {
    this.world = world;
    this.index = index;
    this.random = random;
    this.seeds = seeds;
    Signing signing = world.signing();
    settings =
        new Settings(
            new Settings.Keys(
                signing.publicKey(seeds.longTerm),
                signing.publicKey(seeds.instance),
                signing.publicKey(seeds.transport)),
            "peer " + index,
            true,
            List.of(Simulation.RELAY),
            List.of());
  }

  SimPeer(Simulation world, int index, Seeded random) {
    this(world, index, random, Seeds.of(random));
  }

  /** The secrets of its keys. */
  private record Seeds(Bytes longTerm, Bytes instance, Bytes transport) {
    static Seeds of(Seeded random) {
      return new Seeds(
          random.nextBytes(Limits.HASH_BYTES),
          random.nextBytes(Limits.HASH_BYTES),
          random.nextBytes(Limits.HASH_BYTES));
    }
  }

  SimPeer copy(int number, Seeded chance) {
    SimPeer twin = new SimPeer(world, number, chance, seeds);
    twin.store.copy(store);
    return twin;
  }

  @Override
  public int index() {
    return index;
  }

  @Override
  public PublicKey transport() {
    return settings.keys().transport();
  }

  /** What its kernels were told and asked for so far. */
  public Recorder recorder() {
    return recorder;
  }

  /** How often it crashed. */
  public int crashes() {
    return crashes;
  }

  /** What survives its crashes. */
  public SimStore store() {
    return store;
  }

  /** Every effect of its kernels, in order. */
  public List<Effect> effects() {
    return List.copyOf(seen);
  }

  /** Whether it runs. */
  public boolean isUp() {
    return kernel != null;
  }

  /** From now on each persist takes at least so long. */
  public void holdPersistsBack(long millis) {
    persistsHeldMillis = millis;
  }

  /** From now on each verification of a signature takes at least so long. */
  public void holdVerifiesBack(long millis) {
    verifiesHeldMillis = millis;
  }

  /** Starts, or starts again after a crash. */
  public void start() {
    generation++;
    kernel = world.kernel();
    tell(new Input.Start(world.now(), random.nextBytes(Limits.HASH_BYTES), settings));
  }

  /** Ends without a word; what is not in the store is lost. */
  public void crash() {
    crashes++;
    stop();
    world.clock().after(1 + random.nextInt(RESTART_MILLIS), this::start);
  }

  /** Ends without a word and stays down. */
  public void stop() {
    kernel = null;
    generation++;
    asked.clear();
    world.network().crashed(this);
  }

  /** Asks a command; the answer is told unless the peer crashes before. */
  public void ask(Command command, Consumer<Reply> then) {
    if (kernel == null) {
      return;
    }
    tokens++;
    long token = tokens;
    asked.put(token, then);
    tell(new Input.Commanded(world.now(), token, command));
  }

  @Override
  public void later(LongFunction<Input> input) {
    laterBy(1, input);
  }

  private void laterBy(long millis, LongFunction<Input> input) {
    int run = generation;
    world
        .clock()
        .after(
            millis,
            () -> {
              if (run == generation) {
                tell(input.apply(world.now()));
              }
            });
  }

  /** Submits an input and carries out the effects. */
  @Override
  public void tell(Input input) {
    Kernel running = kernel;
    if (running == null) {
      return;
    }
    recorder.input(input);
    running.submit(input);
    List<Effect> effects = new ArrayList<>();
    Effect effect = running.poll();
    while (effect != null) {
      recorder.effect(effect);
      effects.add(effect);
      effect = running.poll();
    }
    world.trace(index, input, effects);
    seen.addAll(effects);
    for (Effect each : effects) {
      if (kernel == running) {
        carryOut(each);
      }
    }
  }

  private void carryOut(Effect effect) {
    switch (effect) {
      case Effect.Load load -> {
        SimStore.Page page = store.page(load.from(), load.to(), Math.min(load.limit(), 100));
        later(now -> new Input.Loaded(now, load.token(), page.entries(), page.complete()));
      }
      case Effect.Persist persist -> persist(persist);
      case Effect.Verify verify -> {
        boolean good =
            world.signing().verifier().verify(verify.key(), verify.message(), verify.signature());
        laterBy(
            Math.max(verifiesHeldMillis, random.nextInt(3)),
            now -> new Input.Verified(now, verify.token(), good));
      }
      case Effect.Sign sign -> {
        Bytes seed = sign.role() == KeyRole.LONG_TERM ? seeds.longTerm : seeds.instance;
        later(
            now -> new Input.Signed(now, sign.token(), world.signing().sign(seed, sign.message())));
      }
      case Effect.Prepare prepare -> {
        world.prepare(prepare);
        later(now -> new Input.Prepared(now, prepare.token()));
      }
      case Effect.SetTimer timer ->
          laterBy(
              Math.max(1, timer.atMillis() - world.now()),
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
          later(now -> new Input.DialFailed(now, dial.remote(), dial.address(), "no direct way"));
      case Effect.Changed changed -> {}
      case Effect.Warn warn -> {}
      case Effect.Halted halted -> {}
    }
  }

  private void persist(Effect.Persist persist) {
    Faults faults = world.faults();
    boolean crash = random.chance(faults.crashPerMille(), MILLE);
    boolean before = random.nextBoolean();
    long takes = Math.max(persistsHeldMillis, 1 + random.nextInt(faults.persistMillis()));
    int run = generation;
    world
        .clock()
        .after(
            takes,
            () -> {
              if (run != generation) {
                return;
              }
              if (crash && before) {
                crash();
                return;
              }
              store.apply(persist.writes());
              if (crash) {
                crash();
              } else {
                tell(new Input.Persisted(world.now(), persist.token()));
              }
            });
  }
}
