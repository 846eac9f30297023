// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bench.component;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Measured numbers by name, and as the text that a page hands out. */
public final class Samples {
  private final Map<String, Double> values = new TreeMap<>();

  /** No numbers. */
  public Samples() {}

  /** Adds one; names hold no spaces. */
  public void put(String name, double value) {
    values.put(name, value);
  }

  /**
   * One of them.
   *
   * @throws IllegalStateException if there is none of that name
   */
  public double get(String name) {
    Double value = values.get(name);
    if (value == null) {
      throw new IllegalStateException("not measured: " + name);
    }
    return value;
  }

  /** All names, sorted. */
  public List<String> names() {
    return new ArrayList<>(values.keySet());
  }

  /** One line for each. */
  public String text() {
    StringBuilder out = new StringBuilder();
    for (Map.Entry<String, Double> each : values.entrySet()) {
      out.append(each.getKey()).append(' ').append(each.getValue().doubleValue()).append('\n');
    }
    return out.toString();
  }

  /** Reads what {@link #text} writes. */
  public static Samples parse(String text) {
    Samples samples = new Samples();
    for (String line : text.split("\n", -1)) {
      int space = line.indexOf(' ');
      if (space > 0) {
        samples.put(line.substring(0, space), Double.parseDouble(line.substring(space + 1)));
      }
    }
    return samples;
  }
}
