// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.terminal;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Console;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a command speaks: answers on standard output, everything else on standard error; colours
 * only on a terminal and never with {@code NO_COLOR}.
 */
public final class Terminal {
  private static final JsonMapper MAPPER = new JsonMapper();

  /** The kind of terminal that can neither colour nor move about. */
  private static final String DUMB = "dumb";

  /** How a piece of text stands out. */
  public enum Style {
    /** Weighty. */
    BOLD("1"),
    /** Went well. */
    GREEN("32"),
    /** Needs attention. */
    YELLOW("33"),
    /** Went wrong. */
    RED("31"),
    /** Less important. */
    DIM("2");

    private final String code;

    Style(String code) {
      this.code = code;
    }
  }

  private final PrintStream out;
  private final PrintStream err;
  private final boolean colours;
  private final boolean interactive;
  private final String kind;

  /**
   * Creates one.
   *
   * @param interactive whether a person sits at standard input and can be asked
   */
  public Terminal(PrintStream out, PrintStream err, boolean colours, boolean interactive) {
    this(out, err, colours, interactive, DUMB);
  }

  private Terminal(
      PrintStream out, PrintStream err, boolean colours, boolean interactive, String kind) {
    this.out = out;
    this.err = err;
    this.colours = colours;
    this.interactive = interactive;
    this.kind = kind;
  }

  /** Returns the terminal of this process. */
  public static Terminal ofProcess(Map<String, String> environment) {
    boolean terminal = console().isPresent();
    return new Terminal(
        System.out,
        System.err,
        coloursWanted(terminal, environment),
        terminal,
        environment.getOrDefault("TERM", DUMB));
  }

  /** Tells whether output to a terminal, or to something else, may be coloured. */
  public static boolean coloursWanted(boolean terminal, Map<String, String> environment) {
    boolean dumb = DUMB.equals(environment.get("TERM"));
    return terminal && environment.getOrDefault("NO_COLOR", "").isEmpty() && !dumb;
  }

  /** Java 25 went back to answering null without a terminal, which the check does not know yet. */
  @SuppressWarnings("SystemConsoleNull")
  private static Optional<Console> console() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal);
  }

  /** Returns an empty JSON object. */
  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** Returns a writer of the answer, for help and such. */
  public PrintWriter writer() {
    return new PrintWriter(out, true, out.charset());
  }

  /** Returns whether a person can be asked. */
  public boolean interactive() {
    return interactive;
  }

  /** Returns whether lines can be drawn anew in place: a person watches, on a terminal that can. */
  public boolean redraws() {
    return interactive && !DUMB.equals(kind);
  }

  /** Goes back over the last lines on standard error and clears them. */
  public void rewind(int lines) {
    if (lines > 0) {
      err.print("\u001b[" + lines + "A\u001b[J");
      err.flush();
    }
  }

  /** Prints an answer as text or as one line of JSON. */
  public void answer(Answer answer, boolean json) {
    if (json) {
      line(answer.json());
    } else if (!answer.text().isEmpty()) {
      out.println(answer.text());
      out.flush();
    }
  }

  /** Prints one line of JSON on standard output. */
  public void line(ObjectNode node) {
    out.println(MAPPER.valueToTree(node).toString());
    out.flush();
  }

  /** Prints a line of the answer. */
  public void line(String text) {
    out.println(text);
    out.flush();
  }

  /** Prints a line on standard error: progress, a warning, a summary. */
  public void note(String text) {
    err.println(text);
    err.flush();
  }

  /** Prints a failure: its message and hint on standard error, and as JSON if asked for. */
  public void failure(Failure failure, boolean json) {
    String message = String.valueOf(failure.getMessage());
    note(style(Style.RED, "error: ") + message);
    if (!failure.hint().isEmpty()) {
      note(style(Style.DIM, "  " + failure.hint()));
    }
    if (json) {
      ObjectNode node = object();
      node.putObject("error")
          .put("type", failure.type())
          .put("message", message)
          .put("hint", failure.hint())
          .put("at", failure.at());
      line(node);
    }
  }

  /** Returns the text, made to stand out where colours are wanted. */
  public String style(Style style, String text) {
    return colours ? "\u001b[" + style.code + "m" + text + "\u001b[0m" : text;
  }

  /** Shows lines and asks a yes-or-no question; anything but yes is a no. */
  public boolean confirm(List<String> lines, String question) {
    lines.forEach(this::note);
    Optional<Console> console = console();
    if (!interactive || console.isEmpty()) {
      return false;
    }
    err.print(question + " [y/N] ");
    err.flush();
    @Nullable String answer = console.get().readLine();
    String word = answer == null ? "" : answer.strip().toLowerCase(Locale.ROOT);
    return "y".equals(word) || "yes".equals(word);
  }
}
