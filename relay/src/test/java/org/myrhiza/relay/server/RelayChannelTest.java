// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.relay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.myrhiza.relay.server.Relays.channel;
import static org.myrhiza.relay.server.Relays.frame;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.frame.Limits;
import org.myrhiza.frame.RefusalCode;
import org.myrhiza.frame.RelayMessage;
import org.myrhiza.relay.channel.RelayMetrics.Count;
import org.myrhiza.testkit.suite.Proves;

/** Members hear of each other and from each other, and nobody else does. */
final class RelayChannelTest {
  @Test
  @Proves("RELAY-3")
  void members_areToldWhoIsThereWhoComesAndWhoGoes() {
    try (RelayServer relay = Relays.start()) {
      TestClient first = TestClient.loggedIn(relay);
      first.say(new RelayMessage.Join(channel(1)));
      assertThat(first.hear(RelayMessage.Members.class).others()).isEmpty();
      TestClient second = TestClient.loggedIn(relay);
      second.say(new RelayMessage.Join(channel(1)));
      assertThat(second.hear(RelayMessage.Members.class).others()).containsExactly(first.key.key());
      assertThat(first.hear(RelayMessage.MemberJoined.class))
          .isEqualTo(new RelayMessage.MemberJoined(channel(1), second.key.key()));
      second.say(new RelayMessage.Leave(channel(1)));
      assertThat(first.hear(RelayMessage.MemberLeft.class))
          .isEqualTo(new RelayMessage.MemberLeft(channel(1), second.key.key()));
      second.in(channel(1));
      first.hear(RelayMessage.MemberJoined.class);
      second.close();
      first.hear(RelayMessage.MemberLeft.class);
      first.say(new RelayMessage.Leave(channel(1)));
      first.hearNothing();
      assertThat(relay.channels()).isZero();
      first.close();
    }
  }

  @Test
  @Proves("RELAY-3")
  void publish_reachesAllOthersOfThatChannelUnchanged() {
    try (RelayServer relay = Relays.start()) {
      List<TestClient> members = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        members.add(TestClient.loggedIn(relay).in(channel(1)));
        for (int j = 0; j < i; j++) {
          members.get(j).hear(RelayMessage.MemberJoined.class);
        }
      }
      TestClient stranger = TestClient.loggedIn(relay).in(channel(2));
      TestClient author = members.getFirst();
      for (int size : new int[] {0, 1, 57, 58, 125, 126, 65_469, 65_470, Limits.FRAME_BYTES}) {
        Bytes sent = frame(size, size);
        author.say(new RelayMessage.Publish(channel(1), sent));
        for (TestClient other : members.subList(1, members.size())) {
          assertThat(other.hear(RelayMessage.Deliver.class))
              .isEqualTo(new RelayMessage.Deliver(channel(1), author.key.key(), sent));
        }
      }
      author.hearNothing();
      stranger.hearNothing();
      assertThat(relay.metrics().get(Count.FRAMES_OUT)).isEqualTo(9 * 4);
    }
  }

  @Test
  void publish_fromOutside_isRefusedAndReachesNobody() {
    try (RelayServer relay = Relays.start()) {
      TestClient member = TestClient.loggedIn(relay).in(channel(1));
      TestClient outsider = TestClient.loggedIn(relay);
      outsider.say(new RelayMessage.Publish(channel(1), frame(10, 1)));
      RelayMessage.Refused refused = outsider.hear(RelayMessage.Refused.class);
      assertThat(refused.code()).isEqualTo(RefusalCode.NOT_A_MEMBER);
      assertThat(refused.about()).isEqualTo(channel(1).bytes());
      member.hearNothing();
      outsider.hearNothing();
    }
  }

  @Test
  @Proves("RELAY-3")
  void direct_reachesOneKeyThatSharesAChannelAndNoOther() {
    try (RelayServer relay = Relays.start()) {
      TestClient first = TestClient.loggedIn(relay).in(channel(1));
      TestClient second = TestClient.loggedIn(relay).in(channel(1));
      first.hear(RelayMessage.MemberJoined.class);
      TestClient stranger = TestClient.loggedIn(relay).in(channel(2));
      first.say(new RelayMessage.SendTo(second.key.key(), frame(300, 7)));
      assertThat(second.hear(RelayMessage.DeliverDirect.class))
          .isEqualTo(new RelayMessage.DeliverDirect(first.key.key(), frame(300, 7)));
      first.say(new RelayMessage.SendTo(stranger.key.key(), frame(300, 7)));
      RelayMessage.Refused refused = first.hear(RelayMessage.Refused.class);
      assertThat(refused.code()).isEqualTo(RefusalCode.NOT_REACHABLE);
      assertThat(refused.about()).isEqualTo(stranger.key.key().bytes());
      stranger.hearNothing();
      first.say(new RelayMessage.SendTo(first.key.key(), frame(1, 1)));
      assertThat(first.hear(RelayMessage.Refused.class).code())
          .isEqualTo(RefusalCode.NOT_REACHABLE);
    }
  }

  @Test
  void sameKey_twice_theNewerReplacesTheOlder() {
    try (RelayServer relay = Relays.start()) {
      TestClient watcher = TestClient.loggedIn(relay).in(channel(1));
      TestKey key = TestKey.fresh();
      TestClient older = TestClient.loggedIn(relay, key).in(channel(1));
      watcher.hear(RelayMessage.MemberJoined.class);
      TestClient newer = TestClient.loggedIn(relay, key);
      assertThat(older.hear(RelayMessage.Dropped.class).reason()).contains("replaced");
      older.hearClose();
      watcher.hear(RelayMessage.MemberLeft.class);
      newer.in(channel(1));
      watcher.hear(RelayMessage.MemberJoined.class);
      watcher.say(new RelayMessage.SendTo(key.key(), frame(9, 9)));
      newer.hear(RelayMessage.DeliverDirect.class);
      assertThat(relay.members()).isEqualTo(2);
    }
  }

  @Test
  void join_twice_tellsTheMembersAgainAndNobodyElse() {
    try (RelayServer relay = Relays.start()) {
      TestClient first = TestClient.loggedIn(relay).in(channel(1));
      TestClient second = TestClient.loggedIn(relay).in(channel(1));
      first.hear(RelayMessage.MemberJoined.class);
      second.in(channel(1));
      first.hearNothing();
      first.say(new RelayMessage.Publish(channel(1), frame(1, 1)));
      second.hear(RelayMessage.Deliver.class);
      second.hearNothing();
    }
  }

  @Test
  void channels_byTheHundred_doNotMix() {
    try (RelayServer relay = Relays.start()) {
      TestClient first = TestClient.loggedIn(relay);
      TestClient second = TestClient.loggedIn(relay);
      for (int i = 0; i < 200; i++) {
        first.in(channel(i));
        second.in(channel(i));
        first.hear(RelayMessage.MemberJoined.class);
      }
      for (int i = 0; i < 200; i++) {
        first.say(new RelayMessage.Publish(channel(i), frame(i + 1, i)));
      }
      for (int i = 0; i < 200; i++) {
        assertThat(second.hear(RelayMessage.Deliver.class))
            .isEqualTo(new RelayMessage.Deliver(channel(i), first.key.key(), frame(i + 1, i)));
      }
    }
  }
}
