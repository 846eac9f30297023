// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.myrhiza.testkit.files.Repository;

/**
 * The files of the repository that people wrote: not what the build or a package manager put there.
 */
final class SourceTree {
  /** Modules whose main sources run at a user's. */
  static final List<String> PRODUCT =
      List.of("wasm-bridge", "kernel-shared", "platform-jvm", "platform-browser", "relay", "web");

  private static final Set<String> NOT_OURS =
      Set.of(".git", "target", "node_modules", ".idea", ".vscode", ".settings");

  private SourceTree() {}

  static List<Path> files() {
    List<Path> files = new ArrayList<>();
    try {
      Files.walkFileTree(
          Repository.root(),
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              return NOT_OURS.contains(String.valueOf(folder.getFileName()))
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (attributes.isRegularFile()) {
                files.add(file);
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    files.sort(null);
    return files;
  }

  static List<Path> java() {
    return files().stream().filter(file -> file.toString().endsWith(".java")).toList();
  }

  static List<Path> productJava() {
    return java().stream().filter(file -> PRODUCT.contains(module(file)) && isMain(file)).toList();
  }

  static boolean isMain(Path file) {
    return relative(file).contains("/src/main/");
  }

  static String module(Path file) {
    return Repository.root().relativize(file).getName(0).toString();
  }

  static String relative(Path file) {
    return Repository.root().relativize(file).toString().replace('\\', '/');
  }

  static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + " as UTF-8", e);
    }
  }
}
