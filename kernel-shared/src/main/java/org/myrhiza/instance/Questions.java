// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.instance;

import java.util.function.Consumer;
import java.util.function.Function;
import org.myrhiza.state.Overlay;
import org.myrhiza.state.StateReader;
import org.myrhiza.state.TopicState;

/**
 * Asks an app about the state. Values that are in the store only make an answer void: they are
 * read, and it is asked again, about the state as it is then.
 */
final class Questions {
  private final TopicState state;
  private final StoreReads reads;

  Questions(TopicState state, StoreReads reads) {
    this.state = state;
    this.reads = reads;
  }

  /** Asks; the answer is void if {@link #misses} is true afterwards. */
  <T> App.Said<T> ask(Function<StateReader, App.Said<T>> question) {
    Overlay reader = state.reader();
    App.Said<T> said = question.apply(reader);
    return reader.misses() ? new App.Said.No<>(Problems.reading()) : said;
  }

  /** See {@link Instance#view(Consumer, Consumer)}. */
  void view(Instance instance, Consumer<Runnable> whenShowable, Consumer<ViewResult> then) {
    ViewResult now = instance.view();
    if (!misses()) {
      then.accept(now);
      return;
    }
    fetch(
        release -> {
          Runnable again = () -> view(instance, whenShowable, then);
          if (instance.isPrepared()) {
            again.run();
          } else {
            whenShowable.accept(again);
          }
          release.run();
        },
        () -> then.accept(new ViewResult.Unseen(Problems.stopped(instance.note()))));
  }

  /** Whether what was asked last wanted values that are to be {@link #fetch fetched}. */
  boolean misses() {
    return state.misses();
  }

  /**
   * Reads the values that were wanted.
   *
   * @param then gets what lets go of them again, once it was asked again; till then they stay
   * @param failed runs when they cannot be read; the instance has stopped then
   */
  void fetch(Consumer<Runnable> then, Runnable failed) {
    state.pin();
    reads.values(
        state,
        () -> then.accept(this::release),
        () -> {
          release();
          failed.run();
        });
  }

  private void release() {
    state.unpin();
    state.trim();
  }
}
