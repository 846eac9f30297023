// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.myrhiza.testkit.files.Repository;

/**
 * How a {@code myrhiza} process is started: on this test's Java and class path, as the launcher at
 * the root does.
 *
 * @param words the command line behind {@code myrhiza}
 * @param environment variables that are set beside those of this process
 * @param folder the working folder; else that of this process
 * @param temporary the folder for temporary files; else the system's
 * @param onTerminal whether the process has a terminal of its own
 */
public record Launch(
    List<String> words,
    Map<String, String> environment,
    Optional<Path> folder,
    Optional<Path> temporary,
    boolean onTerminal) {
  private static final String MAIN = "org.myrhiza.cli.Main";
  private static final Path SCRIPT = Path.of("/usr/bin/script");

  /** Copies what can change. */
  public Launch {
    words = List.copyOf(words);
    environment = new TreeMap<>(environment);
  }

  /** Returns a launch of these words without a terminal. */
  public static Launch of(String... words) {
    return new Launch(List.of(words), Map.of(), Optional.empty(), Optional.empty(), false);
  }

  /** Returns the same with a variable of the environment. */
  public Launch with(String variable, String value) {
    Map<String, String> all = new TreeMap<>(environment);
    all.put(variable, value);
    return new Launch(words, all, folder, temporary, onTerminal);
  }

  /** Returns the same in a working folder. */
  public Launch in(Path workingFolder) {
    return new Launch(words, environment, Optional.of(workingFolder), temporary, onTerminal);
  }

  /** Returns the same with a folder for temporary files. */
  public Launch withTemporary(Path temporaryFolder) {
    return new Launch(words, environment, folder, Optional.of(temporaryFolder), onTerminal);
  }

  /** Returns the same at a terminal: what it prints on either stream comes out as one. */
  public Launch atTerminal() {
    return new Launch(words, environment, folder, temporary, true);
  }

  /** Starts the process. */
  public Child start() {
    return startBy();
  }

  /** Starts the process by another program, which gets its command line behind these words. */
  public Child startBy(String... program) {
    try {
      List<String> command = new ArrayList<>(List.of(program));
      command.addAll(onTerminal ? scripted() : java());
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().putAll(environment);
      folder.ifPresent(path -> builder.directory(path.toFile()));
      return new Child(builder.start(), words);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private List<String> java() {
    List<String> all = new ArrayList<>();
    if (System.getProperty("os.name", "").equals("Linux")) {
      // What runs in the background of a script ignores interrupts, and so would its children.
      all.addAll(List.of("/usr/bin/env", "--default-signal=INT"));
    }
    all.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    all.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dmyrhiza.root=" + Repository.root()));
    temporary.ifPresent(path -> all.add("-Djava.io.tmpdir=" + path));
    all.addAll(List.of("-cp", absolute(System.getProperty("java.class.path")), MAIN));
    all.addAll(words);
    return all;
  }

  private static String absolute(String classPath) {
    List<String> parts = new ArrayList<>();
    for (String part : classPath.split(File.pathSeparator, -1)) {
      parts.add(new File(part).getAbsolutePath());
    }
    return String.join(File.pathSeparator, parts);
  }

  /** The command inside a terminal that {@code script} of util-linux makes. */
  private List<String> scripted() {
    if (!Files.isExecutable(SCRIPT)) {
      throw new AssertionError(SCRIPT + " is needed; on Debian: apt-get install bsdutils");
    }
    String command = java().stream().map(Launch::quoted).collect(Collectors.joining(" "));
    return List.of(SCRIPT.toString(), "-qefc", "exec " + command, "/dev/null");
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }
}
