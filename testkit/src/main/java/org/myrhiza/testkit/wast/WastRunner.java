// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.wast;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.testkit.wast.WastCommand.Phase;
import org.myrhiza.testkit.wast.WastHost.End;
import org.myrhiza.testkit.wast.WastHost.Start;
import org.myrhiza.testkit.wast.WastReport.Note.Kind;
import org.myrhiza.wasm.binary.WasmError;
import org.myrhiza.wasm.binary.WasmResult;

/**
 * Runs one script. Every command is counted once: passed, failed or skipped. It is skipped only if
 * the host answers {@code Unsupported} for its component, or did so for the component whose
 * instance it uses, and the feature is on the closed list.
 *
 * <p>An instance that trapped cannot be entered again (Component Model, Explainer): the runner sees
 * to that itself, so that one trap cannot pass for two.
 */
public final class WastRunner {
  /** What other implementations say when a call enters an instance that has trapped. */
  private static final String CANNOT_ENTER = "cannot enter component instance";

  private static final String VALID = "a valid component";
  private static final String INSTANCE = "an instance";

  private final WastHost host;
  private final SortedSet<String> features;
  private final Held.Names<Bytes> definitions = new Held.Names<>("definition");
  private final Held.Names<Entered> instances = new Held.Names<>("instance");

  private WastRunner(WastHost host, SortedSet<String> features) {
    this.host = host;
    this.features = features;
  }

  /** An instance, and the line on which it trapped. */
  private static final class Entered {
    private final WastHost.Instance instance;
    private int trappedLine;

    Entered(WastHost.Instance instance) {
      this.instance = instance;
    }
  }

  /**
   * Runs a script from its first command to its last, whatever fails on the way.
   *
   * @param script the script
   * @param host what it is run against
   * @param features for whose sake a command may be skipped
   * @return what became of its commands
   */
  public static WastReport run(WastScript script, WastHost host, SortedSet<String> features) {
    WastRunner runner = new WastRunner(host, features);
    int passed = 0;
    List<WastReport.Failure> failures = new ArrayList<>();
    TreeMap<String, Integer> skipped = new TreeMap<>();
    List<WastReport.Note> notes = new ArrayList<>();
    for (WastCommand command : script.commands()) {
      switch (runner.verdict(command)) {
        case Verdict.Passed p -> passed++;
        case Verdict.Noted(Kind kind, String text) -> {
          passed++;
          notes.add(new WastReport.Note(command.line(), kind, text));
        }
        case Verdict.Failed(String expected, String seen) ->
            failures.add(new WastReport.Failure(command.line(), expected, seen));
        case Verdict.Skipped(String feature) -> skipped.merge(feature, 1, Integer::sum);
      }
    }
    return new WastReport(script.file(), passed, failures, skipped, notes);
  }

  private Verdict verdict(WastCommand command) {
    return switch (command) {
      case WastCommand.Component c -> component(c);
      case WastCommand.Definition d -> definition(d);
      case WastCommand.Instance i -> instance(i);
      case WastCommand.Invoke i -> invoke(i);
      case WastCommand.AssertReturn a -> assertReturn(a);
      case WastCommand.AssertTrap a -> assertTrap(a);
      case WastCommand.AssertTrapAtStart a -> assertTrapAtStart(a);
      case WastCommand.AssertRefused a -> assertRefused(a);
      case WastCommand.Unknown u -> new Verdict.Failed("a known form", u.form());
    };
  }

  private Verdict definition(WastCommand.Definition d) {
    Bytes binary = d.form().binary();
    Verdict verdict =
        binary == null
            ? unparsed(VALID, d.form())
            : switch (host.validate(binary)) {
              case WasmResult.Failed<?> failed -> refused(VALID, failed.error(), d.form());
              case WasmResult.Ok<?> ok -> Verdict.PASSED;
            };
    definitions.put(d.name(), held(binary, verdict, d.line()));
    return verdict;
  }

  private Verdict component(WastCommand.Component c) {
    Bytes binary = c.form().binary();
    if (binary == null) {
      Verdict unparsed = unparsed(VALID, c.form());
      definitions.put(c.name(), held(null, unparsed, c.line()));
      instances.put(c.name(), held(null, unparsed, c.line()));
      return unparsed;
    }
    Verdict verdict = instantiate(c.name(), c.form(), binary, c.line());
    definitions.put(c.name(), held(binary, verdict, c.line()));
    return verdict;
  }

  private Verdict instance(WastCommand.Instance i) {
    return switch (definitions.get(i.definition())) {
      case Held.Present<Bytes>(Bytes binary) -> instantiate(i.name(), null, binary, i.line());
      case Held.Skipped<Bytes>(String feature) -> {
        instances.put(i.name(), new Held.Skipped<>(feature));
        yield new Verdict.Skipped(feature);
      }
      case Held.Missing<Bytes>(String why) -> {
        instances.put(i.name(), new Held.Missing<>(why));
        yield new Verdict.Failed(INSTANCE, why);
      }
    };
  }

  /** Without a form: of a definition, which was looked at when it was defined. */
  private Verdict instantiate(
      @Nullable String name, @Nullable WastForm form, Bytes binary, int line) {
    Entered entered = null;
    Verdict verdict;
    switch (host.instantiate(binary, importable())) {
      case Start.Started(WastHost.Instance started) -> {
        entered = new Entered(started);
        verdict = Verdict.PASSED;
      }
      case Start.Refused(WasmError error) -> verdict = refused(INSTANCE, error, form);
      case Start.Ended(End end) -> verdict = new Verdict.Failed(INSTANCE, words(end));
    }
    instances.put(name, held(entered, verdict, line));
    return verdict;
  }

  private SortedMap<String, WastHost.Instance> importable() {
    TreeMap<String, WastHost.Instance> named = new TreeMap<>();
    instances
        .present()
        .forEach((name, entered) -> named.put(name.substring("$".length()), entered.instance));
    return named;
  }

  private static <T> Held<T> held(@Nullable T value, Verdict verdict, int line) {
    if (verdict instanceof Verdict.Skipped(String feature)) {
      return new Held.Skipped<>(feature);
    }
    return value == null || verdict instanceof Verdict.Failed
        ? new Held.Missing<>("what line " + line + " makes is missing")
        : new Held.Present<>(value);
  }

  private Verdict invoke(WastCommand.Invoke command) {
    return onEnd(
        command.call(),
        command.line(),
        "a return",
        (end, trappedBefore) ->
            end instanceof End.Returned
                ? Verdict.PASSED
                : new Verdict.Failed("a return", words(end)));
  }

  private Verdict assertReturn(WastCommand.AssertReturn command) {
    String expected = WastValues.text(command.expected());
    return onEnd(
        command.call(),
        command.line(),
        expected,
        (end, trappedBefore) -> {
          if (!(end instanceof End.Returned(WastValue value))) {
            return new Verdict.Failed(expected, words(end));
          }
          List<WastValue> seen = value == null ? List.of() : List.of(value);
          return WastValues.all(command.expected(), seen)
              ? Verdict.PASSED
              : new Verdict.Failed(expected, WastValues.text(seen));
        });
  }

  private Verdict assertTrap(WastCommand.AssertTrap command) {
    String expected = "trap: " + command.message();
    return onEnd(
        command.call(),
        command.line(),
        expected,
        (end, trappedBefore) ->
            end instanceof End.Trapped(String kind)
                    && trappedBefore == command.message().contains(CANNOT_ENTER)
                ? new Verdict.Noted(Kind.TRAP, expected + "; seen: " + kind)
                : new Verdict.Failed(expected, words(end)));
  }

  /** What a command makes of the end of its call. */
  private interface Judge {
    Verdict judge(End end, boolean trappedBefore);
  }

  private Verdict onEnd(WastCommand.Call call, int line, String expected, Judge judge) {
    return switch (instances.get(call.instance())) {
      case Held.Skipped<Entered>(String feature) -> new Verdict.Skipped(feature);
      case Held.Missing<Entered>(String why) -> new Verdict.Failed(expected, why);
      case Held.Present<Entered>(Entered entered) -> {
        if (entered.trappedLine > 0) {
          String kind = "the instance trapped on line " + entered.trappedLine;
          yield judge.judge(new End.Trapped(kind), true);
        }
        End end = entered.instance.invoke(call.field(), call.arguments());
        if (end instanceof End.Trapped) {
          entered.trappedLine = line;
        }
        yield judge.judge(end, false);
      }
    };
  }

  private Verdict assertTrapAtStart(WastCommand.AssertTrapAtStart command) {
    String expected = "trap: " + command.message();
    Bytes binary = command.form().binary();
    if (binary == null) {
      return unparsed(expected, command.form());
    }
    return switch (host.instantiate(binary, importable())) {
      case Start.Started s -> new Verdict.Failed(expected, INSTANCE);
      case Start.Refused(WasmError error) -> refused(expected, error, command.form());
      case Start.Ended(End.Trapped(String kind)) ->
          new Verdict.Noted(Kind.TRAP, expected + "; seen: " + kind);
      case Start.Ended(End end) -> new Verdict.Failed(expected, words(end));
    };
  }

  private Verdict assertRefused(WastCommand.AssertRefused command) {
    String expected = word(command.phase()) + ": " + command.message();
    Bytes binary = command.form().binary();
    if (binary == null) {
      Kind kind = command.phase() == Phase.MALFORMED ? Kind.REASON : Kind.PHASE;
      return new Verdict.Noted(kind, expected + "; seen: " + command.form().parseError());
    }
    WasmError error = refusal(command.phase(), binary);
    if (error == null) {
      return new Verdict.Failed(expected, "accepted");
    }
    boolean samePhase =
        switch (error) {
          case WasmError.Malformed m -> command.phase() == Phase.MALFORMED;
          case WasmError.Invalid i -> command.phase() == Phase.INVALID;
          case WasmError.Unlinkable u -> command.phase() == Phase.UNLINKABLE;
          case WasmError.Refused r -> false;
          case WasmError.Unsupported u -> false;
        };
    boolean linked = error instanceof WasmError.Unlinkable;
    if (error instanceof WasmError.Unsupported || linked != (command.phase() == Phase.UNLINKABLE)) {
      return refused(expected, error, command.form());
    }
    Kind kind = samePhase ? Kind.REASON : Kind.PHASE;
    return new Verdict.Noted(kind, expected + "; seen: " + error.message());
  }

  private @Nullable WasmError refusal(Phase phase, Bytes binary) {
    if (phase == Phase.UNLINKABLE) {
      return host.instantiate(binary, importable()) instanceof Start.Refused(WasmError error)
          ? error
          : null;
    }
    return host.validate(binary) instanceof WasmResult.Failed<?> failed ? failed.error() : null;
  }

  /** A component that should not have been refused: skipped only if it uses what it is told to. */
  private Verdict refused(String expected, WasmError error, @Nullable WastForm form) {
    return error instanceof WasmError.Unsupported(String feature, int offset)
            && features.contains(feature)
            && WastFeatures.mayUse(feature, form == null ? null : form.text())
        ? new Verdict.Skipped(feature)
        : new Verdict.Failed(expected, error.message());
  }

  private static Verdict unparsed(String expected, WastForm form) {
    return new Verdict.Failed(expected, "text that does not parse: " + form.parseError());
  }

  private static String word(Phase phase) {
    return phase.name().toLowerCase(Locale.ROOT);
  }

  private static String words(End end) {
    return switch (end) {
      case End.Returned(WastValue value) ->
          WastValues.text(value == null ? List.of() : List.of(value));
      case End.Trapped(String kind) -> "trap: " + kind;
      case End.Failed(String reason) -> reason;
    };
  }
}
