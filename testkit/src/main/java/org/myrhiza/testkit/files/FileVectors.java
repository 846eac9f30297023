// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.myrhiza.testkit.stack.Vectors;

/**
 * Vectors from the repository's own folders.
 *
 * @param repository the root of the repository
 */
public record FileVectors(Path repository) implements Vectors {
  @Override
  public byte @Nullable [] read(Root root, String path) {
    Path folder = folder(root);
    Path file = folder.resolve(path).normalize();
    if (!file.startsWith(folder) || !Files.isRegularFile(file)) {
      return null;
    }
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  @Override
  public List<String> list(Root root, String path) {
    Path folder = folder(root);
    Path start = folder.resolve(path).normalize();
    if (!start.startsWith(folder) || !Files.isDirectory(start)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(start)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString().replace('\\', '/'))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + start, e);
    }
  }

  private Path folder(Root root) {
    return repository.resolve(root.folder()).normalize();
  }
}
