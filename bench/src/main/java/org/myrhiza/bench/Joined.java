// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.myrhiza.bundle.Bundle;

/**
 * How a {@link JoiningPeer} joined a topic.
 *
 * @param seconds from the command to its answer
 * @param events events that it holds then
 * @param accepted of them, how many the app accepted
 * @param digest of the state
 * @param processorMicros processor time of its process in that time, for each event
 * @param residentMegabytes what its process holds of memory at the end
 * @param peakMegabytes the most that it ever held
 * @param threads processor time of its threads, as {@link Threads} tells it
 * @param samples microseconds since the command, and events applied and on disk by then
 */
record Joined(
    double seconds,
    long events,
    long accepted,
    String digest,
    double processorMicros,
    double residentMegabytes,
    double peakMegabytes,
    String threads,
    List<Sample> samples) {
  private static final String OPTIONS = "MYRHIZA_BENCH_PEER";

  /** A system property: the file of what Java learned ahead. */
  private static final String STARTS = "myrhiza.bench.starts";

  private static final long PATIENCE_MINUTES = 40;
  private static final double KILO = 1024;
  private static final double MICROS = 1e6;

  /** How the launcher starts Java: for a peer that stays up, or for a command that ends. */
  enum Start {
    PEER("myrhiza.bench.peer"),
    COMMAND("myrhiza.bench.command");

    /** The system property that has the flags of its Java. */
    private final String flags;

    Start(String flags) {
      this.flags = flags;
    }
  }

  /** So many events after so many microseconds. */
  record Sample(long micros, long events) {}

  /** Copies the list. */
  Joined {
    samples = List.copyOf(samples);
  }

  /**
   * Starts a process as the launcher does, lets it join the topics in turn and ends it.
   *
   * @param heap its most memory for objects, as Java takes it, such as {@code 512m}
   * @return how it went with the last topic; the ones before were to warm up
   */
  static Joined by(Path data, Start start, String heap, Bundle bundle, List<String> invites)
      throws Refused {
    List<String> words = new ArrayList<>(List.of(data.toString(), bundle.id().bytes().toHex()));
    words.addAll(invites);
    Path output = data.resolveSibling(data.getFileName() + ".out");
    List<String> lines = lines(start, heap, JoiningPeer.class, words, output);
    return parse(lines.isEmpty() ? "nothing" : lines.getLast());
  }

  /**
   * Runs a class in a process of its own.
   *
   * @return the lines that it printed
   */
  static List<String> lines(
      Start start, String heap, Class<?> main, List<String> words, Path output) throws Refused {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseSerialGC",
            "-XX:MaxNewSize=64m",
            "-XX:+ExitOnOutOfMemoryError",
            "-Xmx" + heap));
    Path starts = Path.of(System.getProperty(STARTS, "none"));
    if (Files.isRegularFile(starts)) {
      command.addAll(List.of("-XX:AOTCache=" + starts, "-Xlog:aot=off", "-Xlog:cds=off"));
    }
    addWords(command, System.getProperty(start.flags, ""));
    addWords(command, System.getenv().getOrDefault(OPTIONS, ""));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(words);
    return run(command, output);
  }

  private static void addWords(List<String> command, String words) {
    Stream.of(words.split(" ", -1)).filter(word -> !word.isEmpty()).forEach(command::add);
  }

  private static List<String> run(List<String> command, Path output) throws Refused {
    Process process = null;
    try {
      process =
          new ProcessBuilder(command)
              .redirectOutput(output.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new Refused("the peer's process did not end well");
      }
      return Files.readAllLines(output, StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new Refused("no process for a peer", failed);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new Refused("interrupted", ended);
    } finally {
      if (process != null) {
        process.destroyForcibly();
      }
    }
  }

  private static Joined parse(String line) throws Refused {
    String[] told = line.split(" ", -1);
    if (told.length < 10 || !told[0].equals("joined") || told[9].isEmpty()) {
      throw new Refused("the peer did not join: " + line);
    }
    List<Sample> samples = new ArrayList<>();
    for (String sample : told[9].split(",", -1)) {
      String[] parts = sample.split(":", -1);
      samples.add(new Sample(Long.parseLong(parts[0]), Long.parseLong(parts[1])));
    }
    long events = Long.parseLong(told[2]);
    return new Joined(
        Double.parseDouble(told[1]),
        events,
        Long.parseLong(told[3]),
        told[4],
        Long.parseLong(told[5]) / 1e3 / events,
        Long.parseLong(told[6]) / KILO,
        Long.parseLong(told[7]) / KILO,
        told[8],
        samples);
  }

  /**
   * Events a second in windows of as many events each, as whole numbers.
   *
   * @param windows how many, at least 1
   */
  List<Long> rates(int windows) {
    List<Long> rates = new ArrayList<>();
    Sample from = new Sample(0, 0);
    for (Sample sample : samples) {
      boolean full = sample.events() >= accepted * (rates.size() + 1) / windows;
      if (full && sample.micros() > from.micros()) {
        double seconds = (sample.micros() - from.micros()) / MICROS;
        rates.add(Math.round((sample.events() - from.events()) / seconds));
        from = sample;
      }
    }
    return rates;
  }

  /** Memory and processor time, in words. */
  String cost() {
    return String.format(
        Locale.ROOT,
        "%.0f us of the peer's processor time each (%s); %.0f MB resident, %.0f at most",
        processorMicros,
        threads,
        residentMegabytes,
        peakMegabytes);
  }
}
