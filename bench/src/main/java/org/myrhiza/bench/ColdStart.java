// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.myrhiza.bench.component.ComponentLoad;
import org.myrhiza.bench.component.Samples;

/** A Java of its own for one component, so that its first loading is the first of the process. */
final class ColdStart {
  private static final long PATIENCE_SECONDS = 180;

  private ColdStart() {}

  /** Measures in a new Java with the options of this one that matter. */
  static Samples inOwnProcess(Path files, String measurement) throws Refused {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            ColdStart.class.getName(),
            files.toString(),
            measurement);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    try {
      Process process = builder.start();
      try {
        // A few hundred bytes, which a pipe holds until they are read.
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
          throw new Refused(measurement + " did not end well in its own Java");
        }
        return Samples.parse(
            new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException failed) {
      throw new Refused(measurement, failed);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new Refused("interrupted", ended);
    }
  }

  /** Takes the folder of the components and one of the measurements; prints the samples. */
  public static void main(String[] args) throws Refused {
    JvmPlatform platform = new JvmPlatform(Path.of(args[0]));
    String text =
        GuestThread.run(
            args[1],
            () -> {
              StringBuilder out = new StringBuilder();
              ComponentLoad.run(
                  platform,
                  ComponentLoad.file(args[1]),
                  samples -> out.append(samples.text()),
                  reason -> {
                    throw new IllegalStateException(reason);
                  });
              return out.toString();
            });
    System.out.print(text);
  }
}
