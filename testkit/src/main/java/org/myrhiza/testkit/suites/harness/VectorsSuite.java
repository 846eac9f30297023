// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.myrhiza.testkit.json.Json;
import org.myrhiza.testkit.stack.TestStack;
import org.myrhiza.testkit.stack.Vectors.Root;
import org.myrhiza.testkit.vectors.VectorFiles;

/** Vector files arrive unchanged on this stack. */
public final class VectorsSuite {
  /** Made once per test. */
  public VectorsSuite() {}

  @Test
  void spec_fileOfTheRepository_isRead() {
    assertEquals(
        256, VectorFiles.spec("harness/all-bytes.bin").length, "each byte value once, in order");
    byte[] bytes = VectorFiles.spec("harness/all-bytes.bin");
    for (int i = 0; i < 256; i++) {
      assertEquals((byte) i, bytes[i]);
    }
  }

  @Test
  void list_folderOfTheRepository_isSortedAndRelativeToTheRoot() {
    var paths = TestStack.current().vectors().list(Root.SPEC, "harness");
    assertTrue(paths.contains("harness/all-bytes.bin"), paths.toString());
  }

  @Test
  void read_missingFile_isNull() {
    assertNull(TestStack.current().vectors().read(Root.SPEC, "harness/no-such-file"));
    assertNull(TestStack.current().vectors().read(Root.SPEC, "../README.md"));
  }

  @Test
  void shared_externalVectors_areJson() {
    assertTrue(Json.parse(VectorFiles.shared("blake3.json")).has("cases"));
  }
}
