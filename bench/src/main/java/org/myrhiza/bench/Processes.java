// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What the system says of processes and folders; Linux only, elsewhere nothing and 0. */
final class Processes {
  private static final Path ALL = Path.of("/proc");

  private Processes() {}

  /** A line of a process's status, such as {@code VmRSS:}, in kilobytes. */
  static long kilobytes(long pid, String what) {
    try {
      for (String line : Files.readAllLines(ALL.resolve(pid + "/status"))) {
        if (line.startsWith(what)) {
          return Long.parseLong(line.replaceAll("[^0-9]", ""));
        }
      }
    } catch (IOException gone) {
      return 0;
    }
    return 0;
  }

  static String commandLine(long pid) {
    try {
      return Files.readString(ALL.resolve(pid + "/cmdline")).replace('\0', ' ');
    } catch (IOException gone) {
      return "";
    }
  }

  /** Bytes of the files below a folder that a condition holds for. */
  static long bytesBelow(Path folder, Predicate<Path> which) throws Refused {
    try (Stream<Path> all = Files.walk(folder)) {
      long bytes = 0;
      for (Path path : all.filter(which).toList()) {
        bytes += Files.isRegularFile(path) ? Files.size(path) : 0;
      }
      return bytes;
    } catch (IOException failed) {
      throw new Refused("the size of " + folder, failed);
    }
  }
}
