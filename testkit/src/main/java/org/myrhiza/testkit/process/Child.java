// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A {@code myrhiza} process of its own. Its standard error is read all the time, kept, and passed
 * on to this process's; its standard output waits to be asked for.
 */
public final class Child implements AutoCloseable {
  /** What a clean stop may take, by the command line's contract. */
  private static final long STOP_SECONDS = 5;

  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final BufferedReader out;
  private final Writer in;
  private final List<String> words;
  private final Told told = new Told();

  Child(Process process, List<String> words) {
    this.process = process;
    this.words = words;
    this.out = process.inputReader(StandardCharsets.UTF_8);
    this.in = process.outputWriter(StandardCharsets.UTF_8);
    Thread.ofVirtual().start(() -> told.follow(process.errorReader(StandardCharsets.UTF_8)));
  }

  /**
   * How a process ended.
   *
   * @param exit its exit code
   * @param out its standard output
   * @param err its standard error
   */
  public record Ended(int exit, String out, String err) {}

  /** Starts a command without a terminal. */
  public static Child start(String... words) {
    return Launch.of(words).start();
  }

  /** Starts a peer and returns once it is ready. */
  public static Child peer(Path data, String... more) {
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
  public String line() {
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

  /** Waits for a line of standard error that contains this, and returns it. */
  public String told(String part) throws InterruptedException {
    return told.await(line -> line.contains(part), words + ": " + part);
  }

  /** Reads standard output until it shows this; what was shown up to there comes back. */
  public String shown(String part) {
    StringBuilder shown = new StringBuilder();
    try {
      while (shown.indexOf(part) < 0) {
        int next = out.read();
        if (next < 0) {
          throw new AssertionError(words + " never showed \"" + part + "\" but: " + shown);
        }
        shown.append((char) next);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return shown.toString();
  }

  /** Types a line, as a person at its terminal would. */
  public void type(String line) {
    try {
      in.write(line + "\n");
      in.flush();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Waits for its own end and returns what it said and how it ended. */
  public Ended ended() throws InterruptedException {
    try {
      String said = out.readAllAsString();
      int exit = end();
      return new Ended(exit, said, told.all());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Asks it to end (SIGTERM) and returns its exit code; fails after five seconds. */
  public int stop() throws InterruptedException {
    process.destroy();
    return endWithin(STOP_SECONDS);
  }

  /** Presses Ctrl-C (SIGINT) and returns its exit code; fails after five seconds. */
  public int interrupt() throws InterruptedException {
    try {
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return endWithin(STOP_SECONDS);
  }

  /** Waits for its own end and returns the exit code. */
  public int end() throws InterruptedException {
    return endWithin(PATIENCE_SECONDS);
  }

  private int endWithin(long seconds) throws InterruptedException {
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      throw new AssertionError(words + " still runs after " + seconds + " s");
    }
    return process.exitValue();
  }

  /** Kills it at once (SIGKILL). */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Returns its number in the system. */
  public long pid() {
    return process.pid();
  }

  /** Returns the processes that it started, and those that these started. */
  public List<ProcessHandle> descendants() {
    return process.descendants().toList();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** The lines of standard error. */
  private static final class Told {
    private final List<String> lines = new ArrayList<>();
    private boolean over;

    void follow(BufferedReader err) {
      try (err) {
        String line;
        while ((line = err.readLine()) != null) {
          System.err.println(line);
          add(line);
        }
      } catch (IOException gone) {
        // A killed process takes its pipe along; what it said before is here.
        assert gone != null;
      } finally {
        finish();
      }
    }

    private synchronized void add(String line) {
      lines.add(line);
      notifyAll();
    }

    private synchronized void finish() {
      over = true;
      notifyAll();
    }

    synchronized String await(Predicate<String> wanted, String what) throws InterruptedException {
      int next = 0;
      while (true) {
        for (; next < lines.size(); next++) {
          if (wanted.test(lines.get(next))) {
            return lines.get(next);
          }
        }
        if (over) {
          throw new AssertionError(what + " was never told, but: " + lines);
        }
        wait();
      }
    }

    synchronized String all() throws InterruptedException {
      while (!over) {
        wait();
      }
      return String.join("\n", lines);
    }
  }
}
