// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.kernel;

import java.util.List;
import java.util.TreeSet;
import org.myrhiza.instance.Problem;

/** Answers commands: each once, never to someone who is gone, and only with what is on disk. */
final class Replies {
  private final Outbox outbox;
  private final TreeSet<Long> open = new TreeSet<>();

  Replies(Outbox outbox) {
    this.outbox = outbox;
  }

  void opened(long token) {
    open.add(token);
  }

  /** Whether somebody still waits. */
  boolean isOpen(long token) {
    return open.contains(token);
  }

  void forget(long token) {
    open.remove(token);
  }

  /** Answers once everything written so far is on disk. The reply is computed by now. */
  void answer(long token, Reply reply) {
    if (open.remove(token)) {
      outbox.whenPersisted(() -> outbox.emit(new Effect.Answer(token, reply)));
    }
  }

  void fail(long token, Problem problem, String at) {
    answer(token, failed(problem, at));
  }

  /** Answers everyone who waits at once, because the kernel halts. */
  void failAll(Reply.Failed failed) {
    for (long token : List.copyOf(open)) {
      outbox.emit(new Effect.Answer(token, failed));
    }
    open.clear();
  }

  static Reply.Failed failed(Problem problem, String at) {
    return new Reply.Failed(
        problem.type(), problem.message(), problem.hint(), at, problem.exit().code());
  }
}
