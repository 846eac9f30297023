// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bench.worker;

import org.teavm.jso.JSBody;
import org.teavm.jso.JSBodyImport;

/** The functions of {@code rival.js}. */
final class RivalJs {
  private RivalJs() {}

  @JSBody(
      params = {"name", "times"},
      script = "rival.run(name, times);",
      imports = @JSBodyImport(alias = "rival", fromModule = "./rival.js"))
  static native void run(String name, int times);

  @JSBody(
      script = "return rival.now();",
      imports = @JSBodyImport(alias = "rival", fromModule = "./rival.js"))
  static native double now();
}
