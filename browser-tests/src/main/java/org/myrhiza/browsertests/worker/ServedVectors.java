// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browsertests.worker;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.testkit.json.Json;
import org.myrhiza.testkit.json.JsonValue;
import org.myrhiza.testkit.stack.Vectors;

/** Vectors that the test's server reads from the repository's folders. */
record ServedVectors() implements Vectors {
  @Override
  public byte @Nullable [] read(Root root, String path) {
    return Server.get("/read/" + folder(root) + "/" + path);
  }

  @Override
  public List<String> list(Root root, String path) {
    byte[] answer = Server.get("/list/" + folder(root) + "/" + path);
    List<String> paths = new ArrayList<>();
    if (answer != null) {
      for (JsonValue item : Json.parse(answer).items()) {
        paths.add(item.text());
      }
    }
    return paths;
  }

  private static String folder(Root root) {
    return switch (root) {
      case SHARED -> "SHARED";
      case SPEC -> "SPEC";
      case APPS -> "APPS";
    };
  }
}
