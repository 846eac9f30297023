// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.process;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.myrhiza.cli.Main;
import org.myrhiza.testkit.files.Repository;

/** A {@code myrhiza} process of its own, on this test's Java and class path. */
final class Child implements AutoCloseable {
  private static final long STOP_SECONDS = 5;
  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final BufferedReader out;
  private final List<String> words;

  private Child(Process process, List<String> words) {
    this.process = process;
    this.words = words;
    this.out = process.inputReader(StandardCharsets.UTF_8);
  }

  static Child start(String... args) {
    List<String> words = List.of(args);
    List<String> all = new ArrayList<>();
    all.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    all.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dmyrhiza.root=" + Repository.root(),
            "-cp",
            absolute(System.getProperty("java.class.path")),
            Main.class.getName()));
    all.addAll(words);
    try {
      return new Child(
          new ProcessBuilder(all).redirectError(ProcessBuilder.Redirect.INHERIT).start(), words);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static String absolute(String classPath) {
    List<String> parts = new ArrayList<>();
    for (String part : classPath.split(File.pathSeparator, -1)) {
      parts.add(new File(part).getAbsolutePath());
    }
    return String.join(File.pathSeparator, parts);
  }

  /** Starts a peer and returns once it is ready. */
  static Child peer(Path data, String... more) {
    List<String> words = new ArrayList<>(List.of("peer", "run", "--json", "--data"));
    words.add(data.toString());
    words.addAll(List.of(more));
    Child child = start(words.toArray(String[]::new));
    if (!child.line().contains("\"ready\"")) {
      throw new AssertionError(words + " is not ready");
    }
    return child;
  }

  /** Waits for the next line of standard output. */
  String line() {
    try {
      String line = out.readLine();
      if (line == null) {
        throw new AssertionError(words + " ended with " + process.waitFor() + " before a line");
      }
      return line;
    } catch (IOException | InterruptedException failed) {
      throw new AssertionError(words + " gave no line", failed);
    }
  }

  /** Asks it to end (SIGTERM) and returns its exit code; fails after five seconds. */
  int stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError(words + " still runs after " + STOP_SECONDS + " s");
    }
    return process.exitValue();
  }

  /** Waits for its own end and returns the exit code. */
  int end() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError(words + " still runs after " + PATIENCE_SECONDS + " s");
    }
    return process.exitValue();
  }

  /** Kills it at once (SIGKILL). */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
