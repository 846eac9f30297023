// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bench;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.myrhiza.bundle.Bundle;
import org.myrhiza.instance.InstanceStatus;
import org.myrhiza.jvm.peer.Peer;
import org.myrhiza.kernel.Command;
import org.myrhiza.kernel.Reply;
import org.myrhiza.view.Field;

/** A native peer and what measurements ask of it. */
final class NativePeer implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 600;
  private static final List<Field> ONE = List.of(new Field("amount", "1"));

  private final Peer peer;

  NativePeer(Peer peer) {
    this.peer = peer;
  }

  Reply.Opened create(Bundle bundle) throws Refused {
    Command create =
        new Command.CreateApp(
            bundle.encode(), "bench", List.of(), List.of(), Optional.of(bundle.id()));
    return answer(peer.ask(create), Reply.Opened.class);
  }

  Reply.Opened join(String invite, Bundle bundle) throws Refused {
    long patience = TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS);
    Command join = new Command.JoinApp(invite, "", Optional.of(bundle.id()), patience);
    return answer(peer.ask(join), Reply.Opened.class);
  }

  /**
   * Adds one to the counter so many times, each answered once it is applied and on disk.
   *
   * @param outstanding actions that wait for their answers at a time; 1 is one after the other
   */
  void add(String instance, int times, int outstanding) throws Refused {
    Deque<CompletableFuture<Reply>> waiting = new ArrayDeque<>();
    for (int i = 0; i < times; i++) {
      if (waiting.size() == outstanding) {
        accepted(waiting.remove());
      }
      waiting.add(peer.ask(new Command.Act(instance, "add", ONE, 0)));
    }
    while (!waiting.isEmpty()) {
      accepted(waiting.remove());
    }
  }

  /** Says something in a chat. */
  CompletableFuture<Reply> say(String instance, String text) {
    List<Field> fields = List.of(new Field("text", text));
    return peer.ask(new Command.Act(instance, "say", fields, 0));
  }

  /** Waits for the answer to an action, which must be that it was accepted. */
  static void accepted(CompletableFuture<Reply> answer) throws Refused {
    Reply.Acted acted = answer(answer, Reply.Acted.class);
    if (!acted.verdict().accepted()) {
      throw new Refused("an event was rejected: " + acted.verdict().reason());
    }
  }

  InstanceStatus status(String instance) throws Refused {
    Reply.Listed listed = answer(peer.ask(new Command.ListApps()), Reply.Listed.class);
    return listed.instances().stream()
        .filter(status -> status.instance().text().equals(instance))
        .findFirst()
        .orElseThrow(() -> new Refused("no such instance: " + instance));
  }

  private static <T extends Reply> T answer(CompletableFuture<Reply> asked, Class<T> type)
      throws Refused {
    try {
      Reply reply = asked.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (reply instanceof Reply.Failed failed) {
        throw new Refused("a command failed: " + failed.message());
      }
      return type.cast(reply);
    } catch (TimeoutException | ExecutionException failed) {
      throw new Refused("a command has no answer", failed);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new Refused("interrupted", ended);
    }
  }

  @Override
  public void close() {
    peer.close();
  }
}
