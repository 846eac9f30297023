// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every command takes. */
public final class Common {
  private static final int DEFAULT_SECONDS = 60;
  private static final int MOST_SECONDS = 86_400;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Data folder; else $$MYRHIZA_DATA, else the user's data folder.")
  private @Nullable Path data;

  @Option(names = "--json", description = "Answer with one line of JSON on standard output.")
  private boolean json;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "Give up after this long (1 to 86400, default 60).")
  private int timeoutSeconds = DEFAULT_SECONDS;

  @Option(names = "--verbose", description = "Say more on standard error.")
  private boolean verbose;

  @Option(names = "--help", usageHelp = true, description = "Show this help.")
  private boolean help;

  /** Returns the data folder that was named, if one was. */
  public Optional<Path> data() {
    return Optional.ofNullable(data);
  }

  /** Returns whether the answer is for scripts. */
  public boolean json() {
    return json;
  }

  /** Returns whether more is said on standard error. */
  public boolean verbose() {
    return verbose;
  }

  /** Returns whether help was asked for. */
  public boolean help() {
    return help;
  }

  /** Returns how long to wait, 1 second to 1 day. */
  public Duration timeout() {
    return Duration.ofSeconds(Math.clamp(timeoutSeconds, 1, MOST_SECONDS));
  }
}
