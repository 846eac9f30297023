// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.processor;

import java.io.IOException;
import java.io.Writer;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import javax.annotation.processing.Filer;

/** Writes the generated lists. They are sorted, so that both stacks run the tests in one order. */
final class SuiteWriter {
  private static final String HEAD =
      """
      package %s;

      import java.util.List;
      import org.myrhiza.testkit.suite.NeutralTest;

      /** Generated: the neutral tests of this package. */
      @javax.annotation.processing.Generated("org.myrhiza.testkit.processor.SuiteProcessor")
      """;

  private final Filer filer;

  SuiteWriter(Filer filer) {
    this.filer = filer;
  }

  void write(SortedMap<String, List<Suite>> byPackage, Complaint complaint) {
    try {
      for (var entry : byPackage.entrySet()) {
        writeFile(entry.getKey(), "SuiteList", packageList(entry.getKey(), entry.getValue()));
      }
      writeFile(SuiteProcessor.SUITES_PACKAGE, "AllSuites", allSuites(byPackage));
    } catch (IOException e) {
      complaint.error("cannot write the list of neutral suites: " + e.getMessage());
    }
  }

  private void writeFile(String home, String name, String text) throws IOException {
    try (Writer out = filer.createSourceFile(home + "." + name).openWriter()) {
      out.write(text);
    }
  }

  private static String packageList(String home, List<Suite> suites) {
    var text = new StringBuilder(HEAD.formatted(home));
    text.append("public final class SuiteList {\n  private SuiteList() {}\n\n");
    text.append("  /** Adds this package's tests, sorted by suite, in source order. */\n");
    text.append("  public static void addTo(List<NeutralTest> tests) {\n");
    suites.stream()
        .sorted(Comparator.comparing(Suite::name))
        .forEach(suite -> suite.tests().forEach(test -> text.append(line(suite, test))));
    return text.append("  }\n}\n").toString();
  }

  private static String line(Suite suite, String test) {
    return "    tests.add(new NeutralTest(\"%s\", \"%s\", () -> new %s().%s()));\n"
        .formatted(suite.name(), test, suite.name(), test);
  }

  private static String allSuites(SortedMap<String, List<Suite>> byPackage) {
    var text = new StringBuilder(HEAD.formatted(SuiteProcessor.SUITES_PACKAGE));
    text.append("public final class AllSuites {\n  private AllSuites() {}\n\n");
    text.append("  /** All neutral tests, sorted by package and suite. */\n");
    text.append("  public static List<NeutralTest> tests() {\n");
    text.append("    List<NeutralTest> tests = new java.util.ArrayList<>();\n");
    byPackage
        .keySet()
        .forEach(home -> text.append("    ").append(home).append(".SuiteList.addTo(tests);\n"));
    return text.append("    return tests;\n  }\n}\n").toString();
  }
}
