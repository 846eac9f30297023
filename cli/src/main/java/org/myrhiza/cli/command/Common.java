// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that every command takes. */
public final class Common {
  private static final int DEFAULT_SECONDS = 60;
  private static final int MOST_SECONDS = 86_400;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      converter = Folder.class,
      description = "Data folder; else $$MYRHIZA_DATA, else the user's data folder.")
  private @Nullable Path data;

  @Option(names = "--json", description = "Answer with one line of JSON on standard output.")
  private boolean json;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      converter = Seconds.class,
      description = "Give up after this long (1 to 86400, default 60).")
  private Duration timeout = Duration.ofSeconds(DEFAULT_SECONDS);

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
    return timeout;
  }

  /** Reads a number of seconds. */
  static final class Seconds implements ITypeConverter<Duration> {
    private static final Pattern FIVE_DIGITS = Pattern.compile("[0-9]{1,5}");

    @Override
    public Duration convert(String text) {
      int seconds = FIVE_DIGITS.matcher(text).matches() ? Integer.parseInt(text) : 0;
      if (seconds < 1 || seconds > MOST_SECONDS) {
        throw new TypeConversionException(
            "seen \"" + text + "\", allowed whole seconds from 1 to " + MOST_SECONDS);
      }
      return Duration.ofSeconds(seconds);
    }
  }

  /** Reads a folder's path. An empty one would be the working folder, which nobody means. */
  static final class Folder implements ITypeConverter<Path> {
    @Override
    public Path convert(String text) {
      if (text.isBlank()) {
        throw new TypeConversionException("seen an empty text, allowed the path of a folder");
      }
      return Path.of(text);
    }
  }
}
