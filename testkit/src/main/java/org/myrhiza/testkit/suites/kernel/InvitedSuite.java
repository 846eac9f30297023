// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.Admission;
import org.myrhiza.event.AdmissionProof;
import org.myrhiza.event.Admit;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;
import org.myrhiza.frame.Invitation;
import org.myrhiza.frame.OneTimeSecret;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.instance.LogRow;
import org.myrhiza.kernel.Command;
import org.myrhiza.kernel.Effect;
import org.myrhiza.kernel.Reply;
import org.myrhiza.kernel.Write;
import org.myrhiza.testkit.sim.FaultKind;
import org.myrhiza.testkit.sim.HostilePeer;
import org.myrhiza.testkit.sim.RogueAuthor;
import org.myrhiza.testkit.sim.SimPeer;
import org.myrhiza.testkit.sim.ToyCrypto;
import org.myrhiza.testkit.suite.Proves;

/** Kernels in a topic that takes invited users only, each invitation for one of them. */
public final class InvitedSuite {
  private static final ToyCrypto CRYPTO = new ToyCrypto();

  /** First byte of the store keys of events. */
  private static final int EVENTS = 3;

  private final ClosedTopic topic = new ClosedTopic(Admission.INVITED);
  private final SimPeer ann = topic.ann;
  private final SimPeer bob = topic.bob;
  private final SimPeer cy = topic.cy;

  private static Bytes seed(String invite) {
    return secret(invite).orElseThrow().seed();
  }

  private static Optional<OneTimeSecret> secret(String invite) {
    return Invitation.parse(invite).orThrow().admission();
  }

  private static Optional<AdmissionProof> proof(Bytes seed, HostilePeer peer, PublicKey user) {
    Bytes message = AdmissionProof.message(peer.topic(), user);
    return Optional.of(new AdmissionProof(CRYPTO.publicKey(seed), CRYPTO.sign(seed, message)));
  }

  private List<EventId> admits() {
    return topic.rows(ann).stream()
        .filter(row -> ClosedTopic.kind(row).equals("admit"))
        .map(LogRow::event)
        .toList();
  }

  private static long closed(SimPeer peer) {
    return peer.effects().stream().filter(effect -> effect instanceof Effect.CloseLink).count();
  }

  private static boolean stores(SimPeer peer, Bytes bytes) {
    String text = bytes.toHex();
    return peer.store().all().stream().anyMatch(entry -> entry.value().toHex().contains(text));
  }

  @Test
  @Proves("ORDER-9")
  void theInvitationOfACreationLetsOneUserIn_whoseJoinAllHold() {
    String invite = topic.opened.invite();
    assertEquals(2, topic.opened.status().counts().events(), "genesis and admit");
    Reply.Opened joined = topic.script.join(bob, invite);
    assertEquals("", joined.invite(), "nobody is let in by an invitation that was used");
    topic.adds(bob);
    topic.adds(ann);
    topic.agree(1);
    assertEquals(5, topic.rows(ann).size());
  }

  @Test
  void eachInvitationIsAnother_andNoMemberButTheFounderMakesOne() {
    String first = topic.invite();
    String second = topic.invite();
    assertNotEquals(secret(first), secret(second));
    topic.script.join(bob, first);
    topic.adds(bob);
    topic.script.join(cy, second);
    topic.adds(cy);
    topic.agree(2);
    Reply.Failed failed = topic.script.failure(bob, new Command.Invite(ClosedTopic.APP));
    assertEquals("no-admitter", failed.type());
    assertEquals(2, failed.exitCode());
    assertEquals("ask " + ann.principal().userText() + " to do it", failed.hint());
  }

  @Test
  @Proves("ORDER-9")
  void aSecondUserOfAnInvitationIsRefusedBeforeAnythingIsWritten_andJoinsWithANewOne() {
    String invite = topic.opened.invite();
    topic.script.join(bob, invite);
    topic.script.join(cy, invite);
    topic.adds(bob);
    topic.agree(1);
    Reply.Failed failed = topic.refused(cy, "invitation-used");
    assertEquals(3, failed.exitCode());
    assertTrue(failed.message().contains(bob.principal().userText()), failed.message());
    String other = topic.invite();
    topic.script.join(cy, other);
    assertTrue(stores(cy, seed(other)), "kept for the first action");
    topic.adds(cy);
    topic.agree(2);
  }

  @Test
  void withoutTheSecretOneReadsAndIsToldWhomToAsk() {
    Invitation way = Invitation.parse(topic.opened.invite()).orThrow().with(Optional.empty());
    topic.script.join(bob, way.text());
    topic.adds(ann);
    topic.world.run(ClosedTopic.MINUTE);
    Reply.Failed failed = topic.refused(bob, "not-admitted");
    assertEquals(3, failed.exitCode());
    assertTrue(failed.hint().contains(ann.principal().userText()), failed.hint());
    topic.agree(0);
  }

  @Test
  @Proves("ORDER-9")
  void twoUsersWhoDoNotKnowOfEachOtherAreBothIn_andAllAgree() {
    String invite = topic.opened.invite();
    topic.script.join(bob, invite);
    topic.script.join(cy, invite);
    topic.world.weather().begin(FaultKind.PARTITION, cy.index(), 1, 10 * ClosedTopic.MINUTE);
    topic.adds(bob);
    topic.adds(cy);
    topic.world.weather().clear();
    topic.agree(2);
    topic.adds(bob);
    topic.adds(cy);
    topic.agree(2);
    SimPeer dan = topic.world.addPeer();
    topic.script.join(dan, invite);
    topic.refused(dan, "invitation-used");
  }

  /** Whenever another's join comes while the own one is signed, what is known first counts. */
  @Test
  @Proves("ORDER-9")
  void noJoinIsWrittenOnceAnotherOneByTheInvitationIsKnown() {
    int joined = 0;
    int refused = 0;
    for (int wait = 0; wait < 8; wait++) {
      InvitedSuite fresh = new InvitedSuite();
      boolean in = fresh.joinsWhileAnotherJoinArrives(wait);
      joined += in ? 1 : 0;
      refused += in ? 0 : 1;
    }
    assertTrue(joined > 0 && refused > 0, joined + " joined, " + refused + " refused");
  }

  private boolean joinsWhileAnotherJoinArrives(int waitMillis) {
    topic.script.join(bob, topic.opened.invite());
    HostilePeer other = topic.world.addHostile(topic.opened.invite());
    RogueAuthor author = other.author("other");
    Event join = author.join(proof(seed(topic.opened.invite()), other, author.key()), admits());
    bob.holdVerifiesBack(3);
    other.say(bob, HostileTopic.events(join));
    topic.world.run(waitMillis);
    Reply reply = topic.script.ask(bob, ClosedTopic.adding());
    topic.world.run(ClosedTopic.MINUTE);
    List<EventId> written = written(bob);
    Optional<EventId> own =
        topic.rows(bob).stream()
            .filter(row -> row.signer().equals(bob.signer()))
            .map(LogRow::event)
            .findFirst();
    boolean in = reply instanceof Reply.Acted;
    assertEquals(in, own.isPresent());
    own.ifPresent(
        id -> assertTrue(written.indexOf(id) < written.indexOf(join.id()), "wait " + waitMillis));
    return in;
  }

  /** The events that a peer put into its store, in that order. */
  private static List<EventId> written(SimPeer peer) {
    List<EventId> written = new ArrayList<>();
    for (Effect effect : peer.effects()) {
      if (effect instanceof Effect.Persist persist) {
        for (Write write : persist.writes()) {
          if (write instanceof Write.Put put && put.key().at(0) == EVENTS) {
            written.add(new EventId(put.key().slice(put.key().size() - 32, put.key().size())));
          }
        }
      }
    }
    return written;
  }

  @Test
  void aForgedProofCostsItsLinkAndLetsNobodyIn() {
    topic.script.join(bob, topic.opened.invite());
    HostilePeer hostile = topic.world.addHostile(topic.opened.invite());
    RogueAuthor rogue = hostile.author("rogue");
    Bytes seed = seed(topic.opened.invite());
    for (int i = 0; closed(ann) == 0 && i < 200; i++) {
      AdmissionProof foreign = proof(seed, hostile, bob.principal()).orElseThrow();
      Event join = rogue.join(Optional.of(foreign), admits());
      hostile.say(ann, HostileTopic.events(join));
      topic.world.run(HostileTopic.MOMENT);
    }
    assertEquals(1, closed(ann));
    topic.adds(bob);
    topic.agree(1);
  }

  @Test
  @Proves("ORDER-9")
  void anInvitationBySomebodyWhoMayNotInviteLetsNobodyIn() {
    HostilePeer hostile = topic.world.addHostile(topic.opened.invite());
    RogueAuthor rogue = hostile.author("rogue");
    Event first = rogue.join(proof(seed(topic.opened.invite()), hostile, rogue.key()), admits());
    Bytes seed = Bytes.zeros(32);
    Event admit = rogue.admit(new Admit(Admit.Subject.INVITATION, CRYPTO.publicKey(seed)));
    hostile.say(ann, HostileTopic.events(first, admit));
    topic.world.run(HostileTopic.MOMENT);
    assertEquals(4, topic.rows(ann).size(), "both are valid");
    Invitation way = Invitation.parse(topic.opened.invite()).orThrow();
    String worthless = way.with(Optional.of(OneTimeSecret.of(seed))).text();
    Command join = new Command.JoinApp(worthless, "", Optional.empty(), 5_000);
    assertInstanceOf(Reply.Opened.class, topic.script.ask(bob, join), "to read");
    topic.refused(bob, "not-admitted");
    RogueAuthor other = hostile.author("other");
    Event second = other.join(proof(seed, hostile, other.key()), List.of(admit.id()));
    hostile.say(ann, HostileTopic.events(second));
    topic.world.run(HostileTopic.MOMENT);
    assertEquals(4, topic.rows(ann).size());
    topic.agree(1);
  }

  @Test
  void aCrashBeforeAnInvitationIsOnDiskShowsNone_andOneAfterItLosesNothing() {
    List<Reply> replies = new ArrayList<>();
    ann.tearNextWrite(SimPeer.Tear.ABSENT);
    ann.ask(new Command.Invite(ClosedTopic.APP), replies::add);
    topic.world.run(ClosedTopic.MINUTE);
    assertEquals(List.of(), replies);
    assertEquals(1, admits().size());
    String invite = topic.invite();
    ann.crash();
    assertTrue(topic.world.runUntil(ann::isUp, ClosedTopic.MINUTE));
    topic.script.join(bob, invite);
    topic.adds(bob);
    topic.agree(1);
  }

  @Test
  @Proves("FRAME-4")
  void theSecretSurvivesACrashUntilTheJoinIsWritten_andNotLonger() {
    String invite = topic.opened.invite();
    topic.script.join(bob, invite);
    bob.crash();
    assertTrue(topic.world.runUntil(bob::isUp, ClosedTopic.MINUTE));
    assertTrue(stores(bob, seed(invite)));
    List<Reply> replies = new ArrayList<>();
    bob.tearNextWrite(SimPeer.Tear.ABSENT);
    bob.ask(ClosedTopic.adding(), replies::add);
    topic.world.run(ClosedTopic.MINUTE);
    assertEquals(List.of(), replies);
    topic.adds(bob);
    assertFalse(stores(bob, seed(invite)));
    topic.agree(1);
    bob.crash();
    assertTrue(topic.world.runUntil(bob::isUp, ClosedTopic.MINUTE));
    topic.adds(bob);
    topic.agree(1);
  }

  /** The user's new key cites what his former one wrote, and proves nothing. */
  @Test
  @Proves("ORDER-9")
  void anotherInstallationOfAUserWhoIsInNeedsNoProof() {
    topic.script.join(bob, topic.opened.invite());
    topic.adds(bob);
    topic.agree(1);
    PublicKey before = bob.signer();
    topic.script.ask(bob, new Command.Leave(ClosedTopic.APP));
    Invitation way = Invitation.parse(topic.opened.invite()).orThrow();
    topic.script.join(bob, way.with(Optional.empty()).text());
    topic.adds(bob);
    assertNotEquals(before, bob.signer());
    topic.agree(2);
  }
}
