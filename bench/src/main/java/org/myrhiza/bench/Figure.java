// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bench;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.myrhiza.testkit.json.Json;

/**
 * One measured number with everything that it holds for.
 *
 * @param name what was measured
 * @param value how much
 * @param unit of what
 * @param setup how fsync, signatures, metering and engine were
 * @param detail what was compared, and numbers beside
 */
record Figure(String name, double value, String unit, Setup setup, String detail) {
  /** Below it a second digit after the point tells something. */
  private static final double SMALL = 10;

  /**
   * How the parts of the product stood while it was measured.
   *
   * @param fsync when the disk was synced
   * @param signatures which were made and checked
   * @param metering whether guests were metered
   * @param engine what ran them
   */
  record Setup(String fsync, String signatures, String metering, String engine) {
    /** A measurement of bytes: nothing of all this ran. */
    static final Setup NONE = new Setup("none", "none", "none", "none");

    String text() {
      return "fsync "
          + fsync
          + "; signatures "
          + signatures
          + "; metering "
          + metering
          + "; engine "
          + engine;
    }
  }

  /** The machine's load average of the last minute, as it is now. */
  static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  String text() {
    String number = String.format(Locale.ROOT, value < SMALL ? "%,.2f" : "%,.1f", value);
    return String.format(
        Locale.ROOT,
        "%-44s %14s %-10s load %.1f%n    %s%n    %s",
        name,
        number,
        unit,
        load(),
        setup.text(),
        detail);
  }

  String json() {
    return String.format(
        Locale.ROOT,
        "{\"name\":%s,\"value\":%.3f,\"unit\":%s,\"fsync\":%s,\"signatures\":%s,\"metering\":%s,"
            + "\"engine\":%s,\"detail\":%s,\"load\":%.2f}",
        Json.quote(name),
        value,
        Json.quote(unit),
        Json.quote(setup.fsync()),
        Json.quote(setup.signatures()),
        Json.quote(setup.metering()),
        Json.quote(setup.engine()),
        Json.quote(detail),
        load());
  }
}
