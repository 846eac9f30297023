// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.scenario;

import java.util.List;
import java.util.Optional;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.EventId;
import org.myrhiza.hash.Limits;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.log.Frontier;
import org.myrhiza.log.KnownFork;
import org.myrhiza.log.Tip;
import org.myrhiza.sync.Message;
import org.myrhiza.sync.Wish;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.sim.FaultKind;
import org.myrhiza.testkit.sim.HostilePeer;
import org.myrhiza.testkit.sim.SimPeer;

/** A member that tells what nobody has and answers with nonsense. */
final class Lies {
  /** Strength of a trouble that tells of heads. */
  static final int HEADS = 0;

  /** Strength of one that tells of a log tree, and takes it apart as it cannot be. */
  static final int TREES = 1;

  /** Strength of one that takes a log tree apart well, and does not serve what is in it. */
  static final int EVENTS = 2;

  /** How many ways there are. */
  static final int WAYS = 3;

  private static final int NONSENSE_BYTES = 40;
  private static final long EVERY_MILLIS = 1_000;

  private final Stage stage;

  Lies(Stage stage) {
    this.stage = stage;
  }

  void begin(Operation.Trouble trouble) {
    HostilePeer hostile = stage.hostile();
    Seeded random = new Seeded(trouble.atMillis()).fork("lie");
    FalseTree tree = new FalseTree(random);
    hostile.habit((from, message) -> {
      if (hostile.reaches(from)) {
        answer(message, random, trouble.strength(), tree)
            .ifPresent(answer -> tell(hostile, from, answer));
      }
    });
    hostile.repeat(
        EVERY_MILLIS,
        () -> {
          for (SimPeer peer : stage.world().peers()) {
            if (hostile.reaches(peer)) {
              Message hello = trouble.strength() == HEADS ? heads(random) : tree.hello();
              tell(hostile, peer, Message.CODEC.encode(hello));
            }
          }
        });
    stage.world().after(trouble.forMillis(), hostile::leave);
  }

  private static Optional<Bytes> answer(
      Message heard, Seeded random, int strength, FalseTree tree) {
    Message said =
        switch (heard) {
          case Message.Hello hello -> strength == HEADS ? heads(random) : tree.hello();
          case Message.Pull pull -> nothing(pull.number(), random);
          case Message.WantBundle want -> piece(want, random);
          case Message.Descend asked ->
              strength == EVENTS ? tree.honestCuts(asked) : tree.falseCuts(asked);
          case Message.Want asked -> nothing(asked.number(), random);
          case Message.Forks forks -> fork(random);
          case Message.Events events -> null;
          case Message.SyncComplete complete -> null;
          case Message.BundleChunk chunk -> null;
          case Message.Cuts cuts -> null;
          case Message.Unknown unknown -> null;
          case Message.Announce announced -> null;
          case Message.Graft graft -> null;
          case Message.Prune prune -> null;
          case Message.Proofs proofs -> null;
        };
    if (said == null) {
      return Optional.empty();
    }
    Bytes encoded = Message.CODEC.encode(said);
    boolean torn = heard instanceof Message.Pull && random.chance(1, 3);
    return Optional.of(torn ? encoded.slice(0, encoded.size() - 1) : encoded);
  }

  private void tell(HostilePeer hostile, SimPeer to, Bytes message) {
    stage.world().injected().add(FaultKind.LIE);
    hostile.sayBytes(to, message);
  }

  /** Heads that nobody has. */
  private static Message heads(Seeded random) {
    PublicKey nobody = new PublicKey(random.nextBytes(Limits.HASH_BYTES));
    Tip tip = new Tip(nobody, 1 + random.nextInt(9), id(random));
    return new Message.Hello(
        new Frontier(List.of(tip)), random.nextBoolean() ? Wish.ANSWER : Wish.NONE);
  }

  /** Nothing of what was asked for, in two ways. */
  private static Message nothing(long number, Seeded random) {
    return random.nextBoolean()
        ? new Message.Events(number, List.of(), true)
        : new Message.SyncComplete(number, 0, 1);
  }

  private static Message piece(Message.WantBundle want, Seeded random) {
    return new Message.BundleChunk(
        want.bundle(),
        NONSENSE_BYTES + want.offset(),
        want.offset(),
        random.nextBytes(NONSENSE_BYTES));
  }

  private static Message fork(Seeded random) {
    PublicKey nobody = new PublicKey(random.nextBytes(Limits.HASH_BYTES));
    return new Message.Forks(List.of(new KnownFork(nobody, 1 + random.nextInt(9))));
  }

  private static EventId id(Seeded random) {
    return new EventId(random.nextBytes(Limits.HASH_BYTES));
  }
}
