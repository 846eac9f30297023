// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.wast;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import org.myrhiza.testkit.json.Json;
import org.myrhiza.testkit.stack.TestEngine;
import org.myrhiza.testkit.stack.TestStack;
import org.myrhiza.testkit.vectors.VectorFiles;
import org.myrhiza.testkit.wast.BridgeHost;
import org.myrhiza.testkit.wast.WastFeatures;
import org.myrhiza.testkit.wast.WastReport;
import org.myrhiza.testkit.wast.WastRunner;
import org.myrhiza.testkit.wast.WastScript;
import org.myrhiza.wasm.core.CoreFeature;

/** The scripts among the external vectors, converted when the apps are built. */
final class ComponentScripts {
  private static final String FOLDER = "component-model/";
  private static final String ENDING = ".wast";

  /** Every script, sorted. */
  static final List<String> ALL =
      List.of(
          "binary/binary.wast",
          "linking/link-time-virtualization.wast",
          "linking/shared-everything-dynamic-linking.wast",
          "linking/tags.wast",
          "linking/unit.wast",
          "resources/borrows.wast",
          "resources/handle-table.wast",
          "resources/multiple-resources.wast",
          "validation/abi.wast",
          "validation/annotated-names.wast",
          "validation/attributes.wast",
          "validation/core-modules.wast",
          "validation/defined-types.wast",
          "validation/extern-names.wast",
          "validation/external-visibility.wast",
          "validation/indicies.wast",
          "validation/instantiation.wast",
          "validation/kebab.wast",
          "validation/max-value-size.wast",
          "validation/outer-alias.wast",
          "validation/resources.wast",
          "values/alignment.wast",
          "values/concat.wast",
          "values/numerics.wast",
          "values/post-return.wast",
          "values/realloc.wast",
          "values/strings.wast",
          "values/transcode.wast",
          "values/variants.wast");

  private ComponentScripts() {}

  /** The scripts that are there; skips the calling test if there are none. */
  static List<String> present() {
    List<String> scripts = new ArrayList<>();
    for (String path : VectorFiles.listShared("component-model")) {
      if (path.endsWith(ENDING)) {
        scripts.add(path.substring(FOLDER.length()));
      }
    }
    return scripts;
  }

  /**
   * Runs a script on this stack's engine, without accounts and with them; skips the calling test if
   * it is not there.
   */
  static void judge(String path) {
    VectorFiles.shared(FOLDER + path);
    run(path);
  }

  /** Runs one of our own scripts ({@code apps/fixtures/scripts}), which are always there. */
  static void judgeOwn(String path) {
    run("own/" + path);
  }

  private static void run(String path) {
    byte[] json = VectorFiles.built("target/wast/" + path + ".json");
    WastScript script = WastScript.read(Json.parse(json));
    TestEngine engine = TestStack.current().engine();
    SortedSet<String> left = WastFeatures.all();
    left.remove(CoreFeature.MULTI_MEMORY.text());
    judge(script, BridgeHost.metered(engine), left, "metered");
    left.remove(CoreFeature.EXCEPTIONS.text());
    judge(script, BridgeHost.unmetered(engine), left, "unmetered");
  }

  /** {@code left}: the features for whose sake forms may be skipped. */
  private static void judge(
      WastScript script, BridgeHost host, SortedSet<String> left, String what) {
    WastReport report = WastRunner.run(script, host, left);
    assertEquals("", failures(report), what);
  }

  private static String failures(WastReport report) {
    StringBuilder out = new StringBuilder();
    for (WastReport.Failure f : report.failures()) {
      out.append("line ").append(f.line()).append(": expected ").append(f.expected());
      out.append("; seen ").append(f.seen()).append("\n");
    }
    return out.toString();
  }
}
