// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.scenario;

import java.util.List;
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

/** A member that tells heads that nobody has and answers pulls with nonsense. */
final class Lies {
  private static final int NONSENSE_BYTES = 40;
  private static final long EVERY_MILLIS = 1_000;

  private final Stage stage;

  Lies(Stage stage) {
    this.stage = stage;
  }

  void begin(Operation.Trouble trouble) {
    HostilePeer hostile = stage.hostile();
    Seeded random = new Seeded(trouble.atMillis()).fork("lie");
    hostile.habit((from, message) -> {
      if (hostile.reaches(from)) {
        switch (message) {
          case Message.Hello hello -> tell(hostile, from, lie(random));
          case Message.Pull pull -> answer(hostile, from, pull, random);
          case Message.Events events -> {}
          case Message.SyncComplete complete -> {}
          case Message.WantBundle want ->
              tell(
                  hostile,
                  from,
                  new Message.BundleChunk(
                      want.bundle(),
                      NONSENSE_BYTES + want.offset(),
                      want.offset(),
                      random.nextBytes(NONSENSE_BYTES)));
          case Message.BundleChunk chunk -> {}
          case Message.Descend descend -> {}
          case Message.Cuts cuts -> {}
          case Message.Want wanted -> {}
          case Message.Unknown unknown -> {}
          case Message.Announce announced -> {}
          case Message.Graft graft -> {}
          case Message.Prune prune -> {}
          case Message.Forks forks -> tell(hostile, from, fork(random));
          case Message.Proofs proofs -> {}
        }
      }
    });
    hostile.repeat(
        EVERY_MILLIS,
        () -> {
          for (SimPeer peer : stage.world().peers()) {
            if (hostile.reaches(peer)) {
              tell(hostile, peer, lie(random));
            }
          }
        });
    stage.world().after(trouble.forMillis(), hostile::leave);
  }

  private void tell(HostilePeer hostile, SimPeer to, Message message) {
    stage.world().injected().add(FaultKind.LIE);
    hostile.say(to, message);
  }

  private static Message lie(Seeded random) {
    PublicKey nobody = new PublicKey(random.nextBytes(Limits.HASH_BYTES));
    Tip tip = new Tip(nobody, 1 + random.nextInt(9), id(random));
    return new Message.Hello(
        new Frontier(List.of(tip)), random.nextBoolean() ? Wish.ANSWER : Wish.NONE);
  }

  private static Message fork(Seeded random) {
    PublicKey nobody = new PublicKey(random.nextBytes(Limits.HASH_BYTES));
    return new Message.Forks(List.of(new KnownFork(nobody, 1 + random.nextInt(9))));
  }

  private static EventId id(Seeded random) {
    return new EventId(random.nextBytes(Limits.HASH_BYTES));
  }

  private void answer(HostilePeer hostile, SimPeer to, Message.Pull pull, Seeded random) {
    switch (random.nextInt(3)) {
      case 0 -> {
        Bytes page = Message.CODEC.encode(new Message.Events(pull.number(), List.of(), true));
        stage.world().injected().add(FaultKind.LIE);
        hostile.sayBytes(to, page.slice(0, page.size() - 1));
      }
      case 1 -> tell(hostile, to, new Message.Events(pull.number(), List.of(), true));
      default -> tell(hostile, to, new Message.SyncComplete(pull.number(), 0, 1));
    }
  }
}
