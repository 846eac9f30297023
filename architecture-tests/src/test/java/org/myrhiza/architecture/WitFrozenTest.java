// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.myrhiza.testkit.files.Repository;

/**
 * The WIT package is an ABI: components built against it must run for ever. Its comments may become
 * better; every name, type and order of fields stays as it is. Something new is a new interface,
 * which worlds may then import, since a component imports only what it calls; or a new version of
 * the package beside this one.
 */
final class WitFrozenTest {
  private static final String FOLDER = "docs/spec/vectors";
  private static final String GOLDEN = "wit-0.1.0.txt";

  @Test
  void everyDeclarationOfTheWitPackageIsFrozen() throws IOException {
    StringBuilder declarations = new StringBuilder();
    for (Path file : witFiles()) {
      declarations.append("// ").append(file.getFileName()).append('\n');
      declarations.append(withoutComments(Files.readString(file)));
    }
    String golden = Files.readString(Repository.root().resolve(FOLDER).resolve(GOLDEN));
    assertThat(declarations.toString())
        .as("wit/ against %s: released declarations never change", GOLDEN)
        .isEqualTo(golden);
  }

  private static List<Path> witFiles() throws IOException {
    try (Stream<Path> files = Files.list(Repository.root().resolve("wit"))) {
      return files.filter(file -> file.toString().endsWith(".wit")).sorted().toList();
    }
  }

  /** Keeps one declaration per line, so that a difference is readable. */
  private static String withoutComments(String wit) {
    String bare = wit.replaceAll("//[^\n]*", "").replaceAll("\\s+", " ").strip();
    return bare.replaceAll(" ?([{};,]) ?", "$1\n").replaceAll("\n([{},;])", "$1");
  }
}
