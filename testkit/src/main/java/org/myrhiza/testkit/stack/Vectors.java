// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.stack;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Read access to the files that tests compare with; synchronous on every stack.
 *
 * <p>Paths use {@code /}, are relative to the root's folder and have no {@code .} or {@code ..}
 * part.
 */
public interface Vectors {
  /** The folders that tests may read. */
  enum Root {
    /** External vectors beside the repository, which need not be there. */
    SHARED("../shared/vectors"),
    /** Our own vectors, part of the specification. */
    SPEC("docs/spec/vectors"),
    /** The example apps with what their build wrote. */
    APPS("apps");

    private final String folder;

    Root(String folder) {
      this.folder = folder;
    }

    /**
     * Where the files are.
     *
     * @return a path relative to the root of the repository
     */
    public String folder() {
      return folder;
    }
  }

  /**
   * Reads one file.
   *
   * @param root the folder
   * @param path the file below it
   * @return its bytes, or null if there is no such file
   */
  byte @Nullable [] read(Root root, String path);

  /**
   * Lists the files of a folder and of all folders below it.
   *
   * @param root the folder
   * @param path a folder below it, or empty
   * @return paths relative to {@code root}, sorted; empty if there is no such folder
   */
  List<String> list(Root root, String path);
}
