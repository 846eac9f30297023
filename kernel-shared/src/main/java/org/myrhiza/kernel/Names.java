// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.kernel;

import java.util.ArrayList;
import java.util.List;
import org.myrhiza.bytes.TextId;
import org.myrhiza.instance.Problem;

/** Finds the instance that a user means: topic id, unique prefix of it, or local name. */
final class Names {
  /** Characters that a prefix needs after {@code mytopic1}. */
  static final int LEAST_PREFIX = 6;

  private final House house;

  Names(House house) {
    this.house = house;
  }

  /** What was found. */
  sealed interface Found {
    /** One instance. */
    record One(Room room) implements Found {}

    /** None, or several. */
    record NotOne(Problem problem) implements Found {}
  }

  Found find(String text) {
    String start = TextId.TOPIC.prefix() + "1";
    boolean isId = text.startsWith(start);
    boolean longEnough = text.length() >= start.length() + LEAST_PREFIX;
    List<Room> found = new ArrayList<>();
    for (Room room : house.live()) {
      boolean byId = isId && longEnough && room.record().topic().text().startsWith(text);
      if (byId || room.record().name().equals(text)) {
        found.add(room);
      }
    }
    return switch (found.size()) {
      case 0 -> new Found.NotOne(Refusals.noInstance(text, isId && !longEnough));
      case 1 -> new Found.One(found.get(0));
      default -> new Found.NotOne(Refusals.severalInstances(text, found.size()));
    };
  }
}
