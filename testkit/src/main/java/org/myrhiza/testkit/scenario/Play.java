// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.scenario;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.AppPayload;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.view.Field;

/** An app, and what its users do at random. In each of them the order of events matters. */
public enum Play {
  /** The counter: anyone adds and subtracts, its founder resets it. */
  COUNTER("counter", "amount") {
    @Override
    String action(Seeded random, boolean founder) {
      int choice = random.nextInt(4);
      return founder && choice == 0 ? "reset" : choice % 2 == 0 ? "add" : "subtract";
    }

    @Override
    String value(Seeded random, String action) {
      return "reset".equals(action) ? "" : Integer.toString(random.between(1, 9));
    }
  },

  /** The poll: people vote, and vote again, until its founder ends it. */
  POLL("poll", "option") {
    @Override
    String action(Seeded random, boolean founder) {
      return "vote";
    }

    @Override
    String value(Seeded random, String action) {
      return random.pick(OPTIONS);
    }
  },

  /** The counter without WebAssembly, which adds and doubles. */
  TOY("toy", "amount") {
    @Override
    String action(Seeded random, boolean founder) {
      return random.chance(1, 4) ? "double" : "add";
    }

    @Override
    String value(Seeded random, String action) {
      return "double".equals(action) ? "" : Integer.toString(random.between(1, 9));
    }
  };

  /** What ends a poll. */
  static final String END = "end";

  private static final List<String> OPTIONS = List.of("Pizza", "Salad", "Soup");

  private final String bundle;
  private final String field;

  Play(String bundle, String field) {
    this.bundle = bundle;
    this.field = field;
  }

  /** Its name in scripts and on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The play of that name; empty when there is none. */
  public static Optional<Play> of(String word) {
    return Arrays.stream(values()).filter(play -> play.word().equals(word)).findFirst();
  }

  /** An action that a user might choose. */
  abstract String action(Seeded random, boolean founder);

  /** What a user might fill in for it; empty for nothing. */
  abstract String value(Seeded random, String action);

  /** Name of the bundle. */
  String bundle() {
    return bundle;
  }

  /** Answers to the creation form. */
  List<Field> creation() {
    if (this != POLL) {
      return List.of();
    }
    return List.of(
        new Field("title", "Lunch"),
        new Field("option", OPTIONS.get(0)),
        new Field("option", OPTIONS.get(1)),
        new Field("option", OPTIONS.get(2)));
  }

  /** The fields of an action with that value. */
  List<Field> fields(String value) {
    return value.isEmpty() ? List.of() : List.of(new Field(field, value));
  }

  /** An action that anyone can do at any time. */
  String repeatable() {
    return this == POLL ? "vote" : "add";
  }

  /** Whether the app may refuse what it would have accepted earlier. */
  boolean mayRefuse() {
    return this != COUNTER;
  }

  /** A value that goes with it. */
  String sample() {
    return this == POLL ? OPTIONS.get(0) : "1";
  }

  /** What an event of a cheat carries: something that the app might accept. */
  Bytes payload(int choice) {
    Bytes body =
        switch (this) {
          case COUNTER -> Bytes.of(0, 0, 0, 0, 0, 0, 0, 1 + choice);
          case POLL -> Bytes.of(choice % OPTIONS.size());
          case TOY -> Bytes.of(1 + choice);
        };
    return new AppPayload(1, body).encode();
  }
}
