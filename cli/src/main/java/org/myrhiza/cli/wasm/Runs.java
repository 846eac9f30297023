// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.wasm;

import org.myrhiza.cli.terminal.Failure;
import org.myrhiza.cli.terminal.Terminal;
import org.myrhiza.jvm.engine.ChicoryEngine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What components run on. */
enum Runs {
  /** Compiled to the JVM's bytecode. */
  COMPILED,
  /** Interpreted. */
  INTERPRETED,
  /** The browser's own WebAssembly. */
  BROWSER;

  /** What the help of {@code --engine} says. */
  static final String HELP = "compiled (the default), interpreted or browser (headless Chromium).";

  /** A new engine of this kind, ready. */
  Place open(Terminal terminal, Deadline deadline) throws Failure {
    return switch (this) {
      case COMPILED -> ThisProcess.open(ChicoryEngine.compiled(), deadline);
      case INTERPRETED -> ThisProcess.open(ChicoryEngine.interpreted(), deadline);
      case BROWSER -> InBrowser.open(terminal, deadline);
    };
  }

  /** Reads the name of an engine. */
  static final class Converter implements ITypeConverter<Runs> {
    @Override
    public Runs convert(String name) {
      return switch (name) {
        case "compiled" -> COMPILED;
        case "interpreted" -> INTERPRETED;
        case "browser" -> BROWSER;
        default ->
            throw new TypeConversionException(
                "seen \"" + name + "\", allowed compiled, interpreted or browser");
      };
    }
  }
}
