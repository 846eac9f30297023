// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.kernel;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.instance.Problem;

/**
 * How a start reads the store: one thing after the other, and nothing more after a failure.
 *
 * @param failed told why the store cannot be read
 */
record Reading(Outbox outbox, Consumer<@Nullable Problem> failed) {
  /**
   * What to read.
   *
   * @param most records at once
   */
  record Range(Bytes from, Bytes to, int most) {}

  /** Takes some records, and says when it can take more. */
  interface Taker {
    void take(List<StoreEntry> entries, Runnable next);
  }

  /** Reads all records of a range. */
  void range(Range range, Consumer<StoreEntry> each, Runnable end) {
    pages(
        range,
        (entries, next) -> {
          entries.forEach(each);
          next.run();
        },
        end);
  }

  /** Reads all records of a range, some at a time. */
  void pages(Range range, Taker taker, Runnable end) {
    outbox.load(
        range.from(),
        range.to(),
        range.most(),
        answer -> {
          switch (answer) {
            case Input.Loaded page when page.complete() -> taker.take(page.entries(), end);
            case Input.Loaded page when page.entries().isEmpty() ->
                fail("an empty page of an unfinished range");
            case Input.Loaded page -> {
              List<StoreEntry> entries = page.entries();
              Bytes last = entries.get(entries.size() - 1).key();
              Range rest = new Range(last.plus(Bytes.of(0)), range.to(), range.most());
              taker.take(entries, () -> pages(rest, taker, end));
            }
            default -> failed(answer);
          }
        });
  }

  /** Reads single records, those that are there. */
  void read(List<Bytes> keys, Consumer<List<StoreEntry>> then) {
    if (keys.isEmpty()) {
      then.accept(List.of());
      return;
    }
    outbox.read(
        keys,
        answer -> {
          if (answer instanceof Input.Loaded found) {
            then.accept(found.entries());
          } else {
            failed(answer);
          }
        });
  }

  private void failed(Input answer) {
    fail(answer instanceof Input.LoadFailed failure ? failure.reason() : "no answer");
  }

  private void fail(String reason) {
    failed.accept(Refusals.unreadable(reason));
  }
}
