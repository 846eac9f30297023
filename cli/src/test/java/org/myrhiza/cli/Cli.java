// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.myrhiza.cli.command.Commands;
import org.myrhiza.cli.terminal.Terminal;
import org.myrhiza.testkit.files.Repository;

/**
 * Runs commands in this process, as nobody at a terminal would.
 *
 * @param data the data folder
 */
public record Cli(Path data) {
  private static final JsonMapper MAPPER = new JsonMapper();

  /**
   * How a command ended.
   *
   * @param exit the process's exit code
   * @param out standard output
   * @param err standard error
   */
  public record Ended(int exit, String out, String err) {
    /** The one line of JSON on standard output. */
    public JsonNode json() {
      return Cli.read(out.strip());
    }

    /** A text of the JSON answer. */
    public String text(String name) {
      return json().required(name).textValue();
    }

    /** The type of the JSON error. */
    public String error() {
      return json().required("error").required("type").textValue();
    }
  }

  /** Reads one JSON value. */
  public static JsonNode read(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException malformed) {
      throw new AssertionError("not JSON: " + text, malformed);
    }
  }

  /** Runs a command on the data folder. */
  public Ended run(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--data", data.toString()));
    return bare(all.toArray(String[]::new));
  }

  /** Runs a command on the data folder and reads its JSON. */
  public Ended json(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.add("--json");
    return run(all.toArray(String[]::new));
  }

  /** Runs exactly these words. */
  public static Ended bare(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal = new Terminal(stream(out), stream(err), false, false);
    int exit = Commands.run(terminal, Main.more(terminal), args);
    return new Ended(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  /** The folder of a built app. */
  public static Path app(String name) {
    return Repository.root().resolve("apps").resolve("target").resolve(name);
  }

  /** Builds an app's bundle beside the data folder and returns the file. */
  public Path bundle(String app) {
    Path file = data.resolveSibling(app + ".bundle");
    Ended built = run("bundle", "build", app(app).toString(), "-o", file.toString());
    if (built.exit() != 0) {
      throw new AssertionError(built.toString());
    }
    return file;
  }

  /** Reads a bundle file's id. */
  public static String id(Path bundle) {
    return bare("bundle", "inspect", bundle.toString(), "--json").text("bundle");
  }

  /** Creates an instance of an app, trusting its bundle. */
  public Ended create(Path bundle, String name, String... fields) {
    List<String> args = new ArrayList<>(List.of("app", "create", bundle.toString()));
    args.addAll(List.of("--name", name, "--trust", id(bundle)));
    args.addAll(List.of(fields));
    return json(args.toArray(String[]::new));
  }
}
