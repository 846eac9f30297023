// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * Wall clock and processor time of this process from one moment to another. On a busy machine the
 * wall clock says what the neighbours left, the processor time what the work takes.
 */
final class Stopwatch {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final double NANOS = 1e9;
  private static final double NANOS_PER_MICRO = 1e3;

  private final long begin = System.nanoTime();
  private final long beginOfProcess = SYSTEM.getProcessCpuTime();
  private long nanos;
  private long processor;

  Stopwatch stop() {
    nanos = System.nanoTime() - begin;
    processor = SYSTEM.getProcessCpuTime() - beginOfProcess;
    return this;
  }

  double seconds() {
    return nanos / NANOS;
  }

  /** Processor time, in nanoseconds. */
  long processorNanos() {
    return processor;
  }

  /** Processor time for each of so many things, in words. */
  String processor(long things) {
    return String.format(
        Locale.ROOT, "%.0f us of processor time each", processor / NANOS_PER_MICRO / things);
  }
}
