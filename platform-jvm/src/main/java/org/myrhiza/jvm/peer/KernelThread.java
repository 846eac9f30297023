// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.peer;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.myrhiza.kernel.Command;
import org.myrhiza.kernel.Effect;
import org.myrhiza.kernel.Input;
import org.myrhiza.kernel.Kernel;
import org.myrhiza.kernel.Ports;
import org.myrhiza.kernel.Reply;

/** The one thread that owns a kernel: submits what is posted, serves what is polled. */
final class KernelThread {
  private final Mailbox mailbox;
  private final Adapters adapters;
  private final Ports ports;
  private final Thread thread;
  private final AtomicLong tokens = new AtomicLong();
  private final Map<Long, Waiting> waiting = new ConcurrentHashMap<>();
  private volatile boolean stopped;

  private record Waiting(CompletableFuture<Reply> answer, ConsentAsker asker) {}

  KernelThread(Mailbox mailbox, Adapters adapters, Ports ports, Input.Start start) {
    this.mailbox = mailbox;
    this.adapters = adapters;
    this.ports = ports;
    this.thread = new Thread(null, () -> run(start), "myrhiza-kernel", Limits.STACK_BYTES);
    this.thread.setDaemon(true);
  }

  /** The start comes first, whatever links have posted by now. */
  void start() {
    mailbox.post(commanded(tokens.incrementAndGet(), new Command.Watch(true)));
    thread.start();
  }

  CompletableFuture<Reply> ask(Command command, ConsentAsker asker) {
    CompletableFuture<Reply> answer = new CompletableFuture<>();
    long token = tokens.incrementAndGet();
    if (stopped) {
      answer.complete(stoppedReply());
      return answer;
    }
    if (waiting.size() >= Limits.COMMANDS) {
      answer.complete(
          new Reply.Failed(
              "refused",
              "the peer already has " + waiting.size() + " commands waiting",
              "Wait for some of them, then ask again.",
              "",
              1));
      return answer;
    }
    waiting.put(token, new Waiting(answer, asker));
    var _ = answer.whenComplete((reply, failed) -> forget(token, answer));
    mailbox.post(commanded(token, command));
    if (stopped) {
      answer.complete(stoppedReply());
    }
    return answer;
  }

  private void forget(long token, CompletableFuture<Reply> answer) {
    waiting.remove(token);
    if (answer.isCancelled()) {
      mailbox.post(commanded(tokens.incrementAndGet(), new Command.Forget(token)));
    }
  }

  private static Input.Commanded commanded(long token, Command command) {
    return new Input.Commanded(System.currentTimeMillis(), token, command);
  }

  private void run(Input.Start start) {
    try {
      Kernel kernel = new Kernel(ports);
      kernel.submit(start);
      serve(kernel);
      while (true) {
        Mailbox.Posted posted = mailbox.take();
        posted.taken().run();
        Input input = posted.input();
        if (input == null) {
          return;
        }
        kernel.submit(input);
        serve(kernel);
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    } finally {
      end();
    }
  }

  private void serve(Kernel kernel) {
    for (@Nullable Effect effect = kernel.poll(); effect != null; effect = kernel.poll()) {
      switch (effect) {
        case Effect.Answer(long token, Reply reply) -> answer(token, reply);
        case Effect.AskConsent ask -> askConsent(ask);
        default -> adapters.serve(effect);
      }
    }
  }

  private void answer(long token, Reply reply) {
    Waiting asked = waiting.get(token);
    if (asked != null) {
      asked.answer().complete(reply);
    }
  }

  private void askConsent(Effect.AskConsent ask) {
    Waiting asked = waiting.get(ask.command());
    ConsentAsker asker = asked == null ? ConsentAsker.REFUSE : asked.asker();
    asker.ask(
        ask.bundle(),
        ask.name(),
        ask.lines(),
        granted ->
            mailbox.post(new Input.Consented(System.currentTimeMillis(), ask.token(), granted)));
  }

  /** Answers everybody who still waits; reached also when a bug in the kernel ends its thread. */
  private void end() {
    stopped = true;
    waiting.values().forEach(asked -> asked.answer().complete(stoppedReply()));
  }

  private static Reply.Failed stoppedReply() {
    return new Reply.Failed(
        "stopped", "the peer has stopped", "Start it again and repeat the command.", "", 1);
  }

  void close() {
    mailbox.postStop();
    try {
      thread.join(Limits.STOP.toMillis());
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
    adapters.close();
  }
}
