// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.sim;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.myrhiza.testkit.sim.FaultKind;
import picocli.CommandLine;

/** What is to go wrong, as the command line says it: all, none, or names with commas between. */
record FaultList(Set<FaultKind> kinds) {
  static final String ALL = "all";
  static final String NONE = "none";

  /** Reads one. */
  static final class Converter implements CommandLine.ITypeConverter<FaultList> {
    /** Made by picocli. */
    Converter() {}

    @Override
    public FaultList convert(String text) {
      Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
      switch (text) {
        case ALL -> kinds.addAll(FaultKind.ALL);
        case NONE -> {}
        default -> Arrays.stream(text.split(",", -1)).map(Converter::kind).forEach(kinds::add);
      }
      return new FaultList(kinds);
    }

    private static FaultKind kind(String word) {
      return FaultKind.of(word)
          .orElseThrow(() ->
              new CommandLine.TypeConversionException(
                  "no fault \"" + word + "\"; there are " + words()));
    }

    private static String words() {
      return Arrays.stream(FaultKind.values())
          .map(FaultKind::word)
          .collect(Collectors.joining(", "));
    }
  }
}
