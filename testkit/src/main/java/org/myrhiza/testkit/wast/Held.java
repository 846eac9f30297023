// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.wast;

import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a name of a script stands for; what is missing is remembered with the reason.
 *
 * @param <T> a definition or an instance
 */
sealed interface Held<T> {
  /** It is there. */
  record Present<T>(T value) implements Held<T> {}

  /** It needs a feature that the bridge says it has not. */
  record Skipped<T>(String feature) implements Held<T> {}

  /** It failed, and that was counted where it did. */
  record Missing<T>(String why) implements Held<T> {}

  /**
   * One name space of a script.
   *
   * @param <T> a definition or an instance
   */
  final class Names<T> {
    private final String what;
    private final TreeMap<String, Held<T>> named = new TreeMap<>();
    private Held<T> last;

    Names(String what) {
      this.what = what;
      this.last = new Missing<>("no " + what + " before");
    }

    void put(@Nullable String name, Held<T> held) {
      last = held;
      if (name != null) {
        named.put(name, held);
      }
    }

    /** The one of that name, or the last one. */
    Held<T> get(@Nullable String name) {
      if (name == null) {
        return last;
      }
      Held<T> held = named.get(name);
      return held == null ? new Missing<>("no " + what + " " + name) : held;
    }

    /** All that are there, by name. */
    SortedMap<String, T> present() {
      TreeMap<String, T> all = new TreeMap<>();
      named.forEach((name, held) -> {
        if (held instanceof Present<T>(T value)) {
          all.put(name, value);
        }
      });
      return all;
    }
  }
}
