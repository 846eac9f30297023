// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.vectors;

import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.myrhiza.testkit.stack.TestStack;
import org.myrhiza.testkit.stack.Vectors.Root;

/** How a suite reads vectors: what may be missing skips the test, what must be there fails it. */
public final class VectorFiles {
  private VectorFiles() {}

  /**
   * Reads an external vector file; skips the calling test if it is not there.
   *
   * @param path the file below {@code ../shared/vectors}
   * @return its bytes
   */
  public static byte[] shared(String path) {
    byte[] bytes = TestStack.current().vectors().read(Root.SHARED, path);
    if (bytes == null) {
      return Assumptions.abort("no external vectors: " + Root.SHARED.folder() + "/" + path);
    }
    return bytes;
  }

  /**
   * Lists external vector files; skips the calling test if there are none.
   *
   * @param folder a folder below {@code ../shared/vectors}
   * @return paths for {@link #shared}, sorted, at least one
   */
  public static List<String> listShared(String folder) {
    List<String> paths = TestStack.current().vectors().list(Root.SHARED, folder);
    if (paths.isEmpty()) {
      return Assumptions.abort("no external vectors: " + Root.SHARED.folder() + "/" + folder);
    }
    return paths;
  }

  /**
   * Reads a vector file of the specification; fails the calling test if it is not there.
   *
   * @param path the file below {@code docs/spec/vectors}
   * @return its bytes
   */
  public static byte[] spec(String path) {
    return required(Root.SPEC, path, "it belongs to the repository");
  }

  /**
   * Reads a file that the build of the apps wrote; fails the calling test if it is not there.
   *
   * @param path the file below {@code apps}
   * @return its bytes
   */
  public static byte[] built(String path) {
    return required(Root.APPS, path, "run ./check fixtures, which builds the apps");
  }

  private static byte[] required(Root root, String path, String hint) {
    byte[] bytes = TestStack.current().vectors().read(root, path);
    if (bytes == null) {
      return Assertions.fail("missing file " + root.folder() + "/" + path + ": " + hint);
    }
    return bytes;
  }
}
