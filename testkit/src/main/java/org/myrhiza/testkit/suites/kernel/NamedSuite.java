// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.myrhiza.event.Admission;
import org.myrhiza.frame.Invitation;
import org.myrhiza.kernel.Command;
import org.myrhiza.kernel.Reply;
import org.myrhiza.testkit.sim.FaultKind;
import org.myrhiza.testkit.sim.SimPeer;
import org.myrhiza.testkit.suite.Proves;

/** Kernels in a topic that takes users whom somebody named, and shuts users out. */
public final class NamedSuite {
  private final ClosedTopic topic = new ClosedTopic(Admission.NAMED);
  private final SimPeer ann = topic.ann;
  private final SimPeer bob = topic.bob;
  private final SimPeer cy = topic.cy;

  private static Command admit(SimPeer user) {
    return new Command.Admit(ClosedTopic.APP, user.principal());
  }

  private static Command fence(SimPeer user) {
    return new Command.Fence(ClosedTopic.APP, user.principal());
  }

  private void named(SimPeer user) {
    topic.script.join(user, topic.opened.invite());
    assertTrue(topic.script.govern(ann, admit(user)).event().isPresent());
    topic.world.run(ClosedTopic.MINUTE);
    topic.adds(user);
  }

  private void wrongUse(SimPeer peer, Command command, String type) {
    Reply.Failed failed = topic.script.failure(peer, command);
    assertEquals(type, failed.type());
    assertEquals(2, failed.exitCode());
  }

  @Test
  @Proves("ORDER-9")
  void whoIsNotNamedReadsAndIsToldWhomToAsk_andActsOnceHeIs() {
    topic.adds(ann);
    topic.script.join(bob, topic.opened.invite());
    assertEquals(topic.status(ann).digest(), topic.status(bob).digest());
    Reply.Failed failed = topic.refused(bob, "not-admitted");
    assertEquals(3, failed.exitCode());
    assertEquals(
        "ask "
            + ann.principal().userText()
            + " to run: app admit "
            + topic.opened.status().instance().text()
            + " "
            + bob.principal().userText(),
        failed.hint());
    topic.script.govern(ann, admit(bob));
    topic.world.run(ClosedTopic.MINUTE);
    topic.adds(bob);
    topic.agree(1);
  }

  @Test
  void whoWasNamedBeforeHeCameActsAtOnce_alsoWhenMuchHappenedSince() {
    topic.script.govern(ann, admit(bob));
    for (int i = 0; i < 5; i++) {
      topic.adds(ann);
    }
    topic.script.join(bob, topic.opened.invite());
    topic.adds(bob);
    topic.agree(1);
    assertEquals(Optional.empty(), topic.script.govern(ann, admit(bob)).event());
    assertEquals(9, topic.rows(ann).size());
  }

  @Test
  void anInvitationHoldsNoSecretAndWarnsThatItIsForReading() {
    Reply.Invited invited = topic.script.invite(ann, ClosedTopic.APP);
    assertEquals(Optional.empty(), Invitation.parse(invited.invite()).orThrow().admission());
    assertEquals(1, invited.warnings().size());
    assertTrue(invited.warnings().get(0).contains("app admit"), invited.warnings().get(0));
  }

  @Test
  void onlyTheFounderNamesAndShutsOut_andNobodyInAnOpenTopic() {
    named(bob);
    wrongUse(bob, admit(cy), "no-admitter");
    wrongUse(bob, fence(cy), "no-fencer");
    wrongUse(ann, fence(ann), "no-fence");
    ClosedTopic open = new ClosedTopic(Admission.OPEN);
    Reply.Failed failed = open.script.failure(open.ann, admit(open.bob));
    assertEquals("open-topic", failed.type());
    assertEquals(2, failed.exitCode());
  }

  @Test
  @Proves("ORDER-10")
  void whoWasShutOutWritesNothingOnceHeKnows_andWhatHeWroteBeforeDoesNotCount() {
    named(bob);
    named(cy);
    topic.agree(2);
    topic.world.weather().begin(FaultKind.PARTITION, bob.index(), 1, 10 * ClosedTopic.MINUTE);
    topic.adds(bob);
    assertTrue(topic.script.govern(ann, fence(bob)).event().isPresent());
    topic.world.weather().clear();
    topic.world.run(ClosedTopic.MINUTE);
    assertEquals("shut-out", topic.script.failure(bob, ClosedTopic.adding()).type());
    topic.adds(cy);
    topic.world.run(ClosedTopic.MINUTE);
    assertEquals(topic.rows(ann), topic.rows(cy));
    assertEquals(
        1,
        topic.rows(ann).stream()
            .filter(row -> row.signer().equals(bob.signer()))
            .filter(row -> ClosedTopic.kind(row).equals("app"))
            .count());
    assertEquals(topic.status(ann).digest(), topic.status(bob).digest());
    assertEquals(Optional.empty(), topic.script.govern(ann, fence(bob)).event());
    wrongUse(ann, admit(bob), "shut-out");
  }

  @Test
  @Proves("ORDER-5")
  void whoKnowsThatHeIsShutOutWritesNothing_joinedOrNot() {
    named(bob);
    topic.script.join(cy, topic.opened.invite());
    for (SimPeer user : List.of(bob, cy)) {
      topic.script.govern(ann, fence(user));
    }
    topic.world.run(ClosedTopic.MINUTE);
    topic.refused(bob, "shut-out");
    topic.refused(cy, "shut-out");
    topic.agree(1);
  }
}
