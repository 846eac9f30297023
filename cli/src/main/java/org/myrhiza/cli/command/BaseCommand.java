// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.command;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.myrhiza.cli.terminal.Answer;
import org.myrhiza.cli.terminal.Failure;
import org.myrhiza.cli.terminal.Terminal;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What all commands share: the common options, and how an answer or a failure is shown. */
public abstract class BaseCommand implements Callable<Integer> {
  @Mixin private @Nullable Common common;
  @Spec private @Nullable CommandSpec spec;

  private final Terminal terminal;

  protected BaseCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Does the work. */
  protected abstract Answer answer() throws Failure;

  @Override
  public final Integer call() {
    boolean json = common().json();
    try {
      Answer answer = answer();
      terminal.answer(answer, json);
      return answer.exit().code();
    } catch (Failure failure) {
      terminal.failure(failure, json);
      return failure.exit().code();
    }
  }

  protected final Terminal terminal() {
    return terminal;
  }

  protected final Common common() {
    return java.util.Objects.requireNonNull(common, "picocli fills mixins before the call");
  }

  protected final CommandSpec spec() {
    return java.util.Objects.requireNonNull(spec, "picocli fills the specification");
  }
}
