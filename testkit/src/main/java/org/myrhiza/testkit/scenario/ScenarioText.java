// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.scenario;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.myrhiza.testkit.sim.FaultKind;

/**
 * Scenarios as text, one operation a line, so that people can read, cut and keep them.
 *
 * <pre>
 * myrhiza simulation 1
 * seed 7
 * app counter
 * peers 3
 * 120 act 2 add 5
 * 400 loss 0 250 3000
 * </pre>
 *
 * <p>An action's line has the time in milliseconds, {@code act}, the peer, the action and, for
 * some, a value without blanks. A fault's line has the time, its name, the peer, its strength and
 * how long it lasts. Empty lines and lines that begin with {@code #} say nothing.
 */
public final class ScenarioText {
  private static final String TITLE = "myrhiza simulation 1";
  private static final String ACT = "act";
  private static final int HEAD_LINES = 4;

  private ScenarioText() {}

  /** A text is no scenario. */
  public static final class WrongScript extends Exception {
    private static final long serialVersionUID = 1L;

    WrongScript(String message) {
      super(message);
    }
  }

  /** Writes a scenario. */
  public static String write(Scenario scenario) {
    StringBuilder text = new StringBuilder(TITLE);
    text.append("\nseed ").append(scenario.seed());
    text.append("\napp ").append(scenario.play().word());
    text.append("\npeers ").append(scenario.peers()).append('\n');
    for (Operation operation : scenario.operations()) {
      text.append(line(operation)).append('\n');
    }
    return text.toString();
  }

  private static String line(Operation operation) {
    return switch (operation) {
      case Operation.Act act ->
          (act.atMillis() + " " + ACT + " " + act.peer() + " " + act.action() + " " + act.value())
              .strip();
      case Operation.Trouble trouble ->
          trouble.atMillis()
              + " "
              + trouble.kind().word()
              + " "
              + trouble.peer()
              + " "
              + trouble.strength()
              + " "
              + trouble.forMillis();
    };
  }

  /**
   * Reads what {@link #write} wrote, or a person.
   *
   * @throws WrongScript if it is anything else; the message names the line
   */
  public static Scenario read(String text) throws WrongScript {
    List<String> lines =
        Arrays.stream(text.split("\n"))
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .toList();
    if (lines.size() < HEAD_LINES || !lines.get(0).equals(TITLE)) {
      throw new WrongScript("a script begins with the line \"" + TITLE + "\"");
    }
    try {
      long seed = Long.parseLong(after("seed ", lines.get(1)));
      String app = after("app ", lines.get(2));
      Play play = Play.of(app).orElseThrow(() -> new WrongScript("no app \"" + app + "\""));
      int peers = Integer.parseInt(after("peers ", lines.get(3)));
      List<Operation> operations = new ArrayList<>();
      for (String line : lines.subList(HEAD_LINES, lines.size())) {
        operations.add(operation(line));
      }
      return new Scenario(seed, play, peers, operations);
    } catch (IllegalArgumentException wrong) {
      throw new WrongScript("a number is wrong: " + wrong.getMessage());
    }
  }

  private static String after(String word, String line) throws WrongScript {
    if (!line.startsWith(word)) {
      throw new WrongScript("\"" + line + "\" stands where \"" + word.strip() + "\" is expected");
    }
    return line.substring(word.length());
  }

  private static Operation operation(String line) throws WrongScript {
    List<String> words = List.of(line.split(" +"));
    boolean act = words.size() > 1 && words.get(1).equals(ACT);
    if (act && (words.size() == 4 || words.size() == 5)) {
      String value = words.size() == 5 ? words.get(4) : "";
      return new Operation.Act(time(words), Integer.parseInt(words.get(2)), words.get(3), value);
    }
    if (!act && words.size() == 5) {
      FaultKind kind =
          FaultKind.of(words.get(1))
              .orElseThrow(() -> new WrongScript("no fault \"" + words.get(1) + "\""));
      return new Operation.Trouble(
          time(words),
          kind,
          Integer.parseInt(words.get(2)),
          Integer.parseInt(words.get(3)),
          Math.max(0, Long.parseLong(words.get(4))));
    }
    throw new WrongScript("\"" + line + "\" is no operation");
  }

  private static long time(List<String> words) {
    return Math.max(0, Long.parseLong(words.get(0)));
  }
}
