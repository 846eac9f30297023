// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.BundleId;
import org.myrhiza.event.TopicId;
import org.myrhiza.instance.EventCounts;
import org.myrhiza.instance.InstanceStatus;
import org.myrhiza.instance.SyncState;
import org.myrhiza.jvm.peer.PeerEars;
import org.myrhiza.kernel.Reply;

/** What somebody sees who waits for a peer that runs elsewhere. */
final class FollowingTest {
  private static final Bytes ZEROS = Bytes.zeros(32);
  private static final Duration PAUSE = Duration.ofMillis(1);

  private final List<Long> seen = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  private final PeerEars ears =
      new PeerEars() {
        @Override
        public void changed(InstanceStatus status) {
          seen.add(status.toCome());
        }

        @Override
        public void warned(String text) {
          warnings.add(text);
        }
      };

  private static InstanceStatus syncing(long toCome) {
    return new InstanceStatus(
        new TopicId(ZEROS),
        "tally",
        new BundleId(ZEROS),
        "counter",
        ZEROS,
        EventCounts.NONE,
        1,
        SyncState.SYNCING,
        toCome,
        "");
  }

  @Test
  void everyStatusIsTold_untilTheAnswerIsHere() {
    CompletableFuture<Reply> answer = new CompletableFuture<>();
    Following.Source source =
        () -> {
          if (seen.size() == 2) {
            answer.complete(new Reply.Done());
          }
          return List.of(syncing(10 - seen.size()));
        };
    Following.follow(source, ears, answer, PAUSE);
    assertThat(seen).containsExactly(10L, 9L, 8L);
    assertThat(warnings).isEmpty();
  }

  @Test
  void anAnswerThatFails_endsIt() {
    CompletableFuture<Reply> answer = new CompletableFuture<>();
    answer.completeExceptionally(new IOException("gone"));
    Following.follow(() -> List.of(syncing(1)), ears, answer, PAUSE);
    assertThat(seen).isEmpty();
  }

  @Test
  void aPeerThatNoLongerAnswers_isToldOnce() {
    Following.Source source =
        () -> {
          throw new IOException("gone");
        };
    Following.follow(source, ears, new CompletableFuture<>(), PAUSE);
    assertThat(warnings).containsExactly("the running peer no longer says how far it is: gone");
  }
}
