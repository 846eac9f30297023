// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.wasm;

import org.myrhiza.jvm.engine.ChicoryEngine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What components run on. */
enum Runs {
  /** Compiled to the JVM's bytecode. */
  COMPILED,
  /** Interpreted. */
  INTERPRETED;

  /** A new engine of this kind. */
  ChicoryEngine engine() {
    return this == COMPILED ? ChicoryEngine.compiled() : ChicoryEngine.interpreted();
  }

  /** Reads the name of an engine. */
  static final class Converter implements ITypeConverter<Runs> {
    @Override
    public Runs convert(String name) {
      return switch (name) {
        case "compiled" -> COMPILED;
        case "interpreted" -> INTERPRETED;
        default -> throw new TypeConversionException("compiled or interpreted, not " + name);
      };
    }
  }
}
