// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/** Processor time of this process's threads from one moment to another, by name. */
final class Threads {
  private static final ThreadMXBean ALL = ManagementFactory.getThreadMXBean();
  private static final long NANOS_PER_MICRO = 1_000;

  private final Map<String, Long> begin = now();

  private static Map<String, Long> now() {
    Map<String, Long> times = new TreeMap<>();
    for (ThreadInfo thread : ALL.getThreadInfo(ALL.getAllThreadIds())) {
      if (thread != null) {
        times.merge(name(thread), ALL.getThreadCpuTime(thread.getThreadId()), Long::sum);
      }
    }
    return times;
  }

  /** Threads of one kind are told together: their numbers are left out. */
  private static String name(ThreadInfo thread) {
    return thread.getThreadName().replaceAll("^myrhiza-|[-0-9]+$", "").replace(' ', '-');
  }

  /**
   * Microseconds for each of so many things, such as {@code kernel:41,disk:5}; what took less than
   * one is left out. The compiler's and the collector's threads are not among them.
   */
  String since(long things) {
    StringJoiner told = new StringJoiner(",");
    now()
        .forEach((name, time) -> {
          long micros =
              (time - begin.getOrDefault(name, 0L)) / NANOS_PER_MICRO / Math.max(1, things);
          if (micros > 0) {
            told.add(name + ":" + micros);
          }
        });
    return told.toString();
  }
}
