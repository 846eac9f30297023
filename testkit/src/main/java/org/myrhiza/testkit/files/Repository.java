// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.files;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the repository is that the running test belongs to. */
public final class Repository {
  private static final String PROPERTY = "myrhiza.root";

  private Repository() {}

  /**
   * The root folder: named by the build through {@code myrhiza.root}, else the nearest folder above
   * the working folder that holds {@code .mvn}.
   *
   * @return an absolute path
   * @throws IllegalStateException if there is none
   */
  public static Path root() {
    String named = System.getProperty(PROPERTY);
    if (named != null) {
      return Path.of(named).toAbsolutePath().normalize();
    }
    @Nullable Path folder = Path.of("").toAbsolutePath();
    while (folder != null) {
      if (Files.isDirectory(folder.resolve(".mvn"))) {
        return folder;
      }
      folder = folder.getParent();
    }
    throw new IllegalStateException("no repository above " + Path.of("").toAbsolutePath());
  }
}
