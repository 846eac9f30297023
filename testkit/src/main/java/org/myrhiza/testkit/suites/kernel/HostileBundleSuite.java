// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.Event;
import org.myrhiza.kernel.Command;
import org.myrhiza.kernel.Effect;
import org.myrhiza.kernel.LinkId;
import org.myrhiza.kernel.Reply;
import org.myrhiza.sync.Message;
import org.myrhiza.testkit.HostileBytes;
import org.myrhiza.testkit.sim.SimPeer;
import org.myrhiza.testkit.sim.ToyPlatform;

/** A member that is asked for the bundle and gives something else. */
public final class HostileBundleSuite {
  private final HostileTopic topic = new HostileTopic();
  private final List<Message.WantBundle> asked = new ArrayList<>();

  /** The hostile peer serves the topic's beginning, and these files in turn as the bundle. */
  private void serve(List<Bytes> files) {
    List<Event> beginning = List.of(topic.genesis());
    topic.hostile.habit((from, message) -> {
      if (message instanceof Message.Hello) {
        topic.hostile.say(from, HostileTopic.lie());
      } else if (message instanceof Message.Pull pull) {
        topic.hostile.say(from, new Message.Events(pull.number(), beginning, true));
      } else if (message instanceof Message.WantBundle want) {
        Bytes file = files.get(asked.size() % files.size());
        asked.add(want);
        topic.hostile.say(from, new Message.BundleChunk(want.bundle(), file.size(), 0, file));
      }
    });
  }

  private static List<Bytes> damaged() {
    Bytes file = HostileTopic.BUNDLE;
    int end = file.size();
    List<Bytes> damaged = new ArrayList<>();
    for (int at : new int[] {0, 1, 2, end / 3, end / 2, end - 2, end - 1}) {
      damaged.add(HostileBytes.flipped(file, at));
    }
    damaged.add(file.slice(0, end - 1));
    damaged.add(file.plus(Bytes.of(0)));
    damaged.add(ToyPlatform.bundleFile("another"));
    return damaged;
  }

  @Test
  void whoGetsADamagedBundleAsksAnother() {
    serve(damaged());
    topic.one.stop();
    for (int i = 1; i <= damaged().size(); i++) {
      SimPeer late = topic.world.addPeer();
      topic.script.join(late, topic.invite);
      assertEquals(i, asked.size(), "the hostile peer was asked first, and once");
      assertEquals(topic.held(topic.two).rows(), topic.held(late).rows());
      assertEquals(List.of(), HostileTopic.closed(late));
    }
  }

  @Test
  void whoGetsOnlyDamagedBundlesKeepsNothing() {
    serve(damaged());
    topic.one.stop();
    topic.two.stop();
    for (int i = 2; i <= damaged().size(); i += 2) {
      SimPeer late = topic.world.addPeer();
      assertEquals(List.of(), topic.script.list(late));
      int empty = late.store().size();
      List<Reply> replies = new ArrayList<>();
      Command join = new Command.JoinApp(topic.invite, "", Optional.empty(), HostileTopic.LONG);
      late.ask(join, replies::add);
      topic.world.runUntil(() -> !HostileTopic.closed(late).isEmpty(), HostileTopic.LONG);
      LinkId hostile = topic.hostile.linkAt(late);
      topic.world.run(HostileTopic.LONG);
      Reply.Failed failed = assertInstanceOf(Reply.Failed.class, replies.get(0));
      assertEquals("unreachable", failed.type());
      assertTrue(failed.message().contains("the app's bundle did not arrive"), failed.message());
      List<Effect.CloseLink> closed = HostileTopic.closed(late);
      assertEquals(List.of(hostile), closed.stream().map(Effect.CloseLink::link).toList());
      assertTrue(closed.get(0).reason().contains("bundle"), closed.get(0).reason());
      assertEquals(i, asked.size(), "nobody is asked a third time");
      assertEquals(empty, late.store().size());
      assertEquals(List.of(), topic.script.list(late));
    }
  }
}
