// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.component;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.testkit.json.Json;
import org.myrhiza.testkit.stack.TestStack;
import org.myrhiza.testkit.stack.Vectors;
import org.myrhiza.testkit.vectors.VectorFiles;
import org.myrhiza.testkit.wast.WastCommand;
import org.myrhiza.testkit.wast.WastForm;
import org.myrhiza.testkit.wast.WastScript;

/** Real components: the built apps and fixtures, and those of the scripts that are there. */
public final class ComponentSeeds {
  private static final String TARGET = "target";

  private ComponentSeeds() {}

  /** All seeds, the apps first. */
  public static List<byte[]> all() {
    List<byte[]> out = new ArrayList<>();
    List<String> scripts = new ArrayList<>();
    for (String path : TestStack.current().vectors().list(Vectors.Root.APPS, TARGET)) {
      if (path.endsWith(".wasm")) {
        out.add(VectorFiles.built(path));
      } else if (path.endsWith(".wast.json")) {
        scripts.add(path);
      }
    }
    if (out.isEmpty()) {
      throw new AssertionError("no components: run ./check fixtures, which builds the apps");
    }
    for (String path : scripts) {
      WastScript script = WastScript.read(Json.parse(VectorFiles.built(path)));
      for (WastCommand command : script.commands()) {
        WastForm form = form(command);
        if (form != null && form.binary() != null) {
          out.add(form.binary().toArray());
        }
      }
    }
    return out;
  }

  private static @Nullable WastForm form(WastCommand command) {
    return switch (command) {
      case WastCommand.Component c -> c.form();
      case WastCommand.Definition d -> d.form();
      case WastCommand.AssertTrapAtStart a -> a.form();
      case WastCommand.AssertRefused a -> a.form();
      default -> null;
    };
  }
}
