// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browsertests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.myrhiza.testkit.files.Repository;
import org.myrhiza.testkit.process.Child;
import org.myrhiza.testkit.process.Launch;

/**
 * The commands of the README's chapter "By hand", word for word but for the places: its folders lie
 * in a folder of the test, and its port is one that the system chose.
 */
final class ByHand {
  private static final String CHAPTER = "## By hand";
  private static final String COMMAND = "./myrhiza ";

  private final List<String> unused;
  private final Map<String, String> places = new TreeMap<>();

  ByHand(Path folder) throws IOException {
    unused = new ArrayList<>(commands());
    places.put("/tmp/", folder + "/");
    places.put("apps/target/", Repository.root().resolve("apps").resolve("target") + "/");
    places.put("127.0.0.1:7420", "127.0.0.1:0");
  }

  private static List<String> commands() throws IOException {
    List<String> lines = Files.readAllLines(Repository.root().resolve("README.md"));
    Stream<String> chapter =
        lines.subList(lines.indexOf(CHAPTER) + 1, lines.size()).stream()
            .takeWhile(line -> !line.startsWith("## "));
    return chapter
        .filter(line -> line.startsWith(COMMAND))
        .map(line -> line.substring(COMMAND.length()))
        .toList();
  }

  /** Says what stands in place of something that the README writes. */
  void put(String written, String place) {
    places.put(written, place);
  }

  /** Takes the README's only command that begins so. */
  Launch take(String begin) {
    List<String> found = unused.stream().filter(line -> line.startsWith(begin + " ")).toList();
    assertThat(found).as("commands of the README that begin with %s", begin).hasSize(1);
    unused.removeAll(found);
    String line = found.getFirst();
    for (Map.Entry<String, String> place : places.entrySet()) {
      line = line.replace(place.getKey(), place.getValue());
    }
    return Launch.of(line.split(" "));
  }

  /** Starts a command that stays. */
  Child start(String begin) {
    return take(begin).start();
  }

  /** Runs a command to its end and returns what it answered. */
  String run(String begin) throws InterruptedException {
    return done(take(begin));
  }

  /** Runs a command at a terminal, reads what it asks and answers yes. */
  String agree(String begin) throws InterruptedException {
    try (Child child = take(begin).atTerminal().start()) {
      assertThat(child.shown("[y/N] ")).contains("This app asks to:", "It cannot reach files");
      child.type("y");
      Child.Ended ended = child.ended();
      assertThat(ended.exit()).as("%s", ended).isZero();
      return ended.out();
    }
  }

  /** Runs a command to its end, which has to be good. */
  static String done(Launch launch) throws InterruptedException {
    try (Child child = launch.start()) {
      Child.Ended ended = child.ended();
      assertThat(ended.exit()).as("%s", ended).isZero();
      return ended.out();
    }
  }

  /** Returns the commands that were not taken yet. */
  List<String> unused() {
    return List.copyOf(unused);
  }
}
