// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.sim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.myrhiza.testkit.files.Repository;

/**
 * A change of one source file of the kernel.
 *
 * @param type the class, by its full name
 * @param original what is replaced; it must be there exactly once
 * @param replacement what takes its place
 */
record Patch(String type, String original, String replacement) {
  /**
   * The source with the change in it.
   *
   * @throws IllegalStateException if the original is not there exactly once: then the source has
   *     moved on, and the patch must follow
   */
  String apply() {
    Path file =
        Repository.root()
            .resolve("kernel-shared/src/main/java")
            .resolve(type.replace('.', '/') + ".java");
    try {
      String source = Files.readString(file);
      int at = source.indexOf(original);
      if (at < 0 || source.indexOf(original, at + 1) >= 0) {
        throw new IllegalStateException("the patch of " + type + " no longer fits its source");
      }
      return source.replace(original, replacement);
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot read " + file, failed);
    }
  }
}
