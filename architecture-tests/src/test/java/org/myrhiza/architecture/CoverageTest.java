// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.myrhiza.testkit.files.Repository;

/**
 * Each section of the specification is proved by some test, and {@code docs/spec/coverage.md} says
 * by which.
 *
 * <p>The table is written anew with {@code mvn -q -pl architecture-tests -am test
 * -Dtest=CoverageTest -Dmyrhiza.coverage=write -Dsurefire.failIfNoSpecifiedTests=false}.
 */
final class CoverageTest {
  private static final Path PAGE = Repository.root().resolve("docs/spec/coverage.md");
  private static final String PROVES = "@" + "Proves(";

  /** A heading of a section: its id, or its number within the page, and its title. */
  private static final Pattern SECTION =
      Pattern.compile("^## ([A-Z]+-\\d+|\\d+) (.+)$", Pattern.MULTILINE);

  /** A heading of any kind on the level of sections. */
  private static final Pattern HEADING = Pattern.compile("^## ", Pattern.MULTILINE);

  /** Annotations of a method, each with or without arguments, and the method's name. */
  private static final Pattern METHOD =
      Pattern.compile(
          "((?:@\\w+(?:\\((?:[^()\"]|\"[^\"]*\")*\\))?\\s+)+)"
              + "(?:public )?(?:static )?void (\\w+)\\(");

  private static final Pattern ID = Pattern.compile("\"([^\"]+)\"");

  @Test
  void everySectionOfTheSpecification_isProvedBySomeTest() throws IOException {
    Map<String, Set<String>> proofs = proofs();
    Map<String, String> sections = sections();
    assertThat(sections).isNotEmpty();
    assertThat(proofs.keySet()).as("sections that tests name").isSubsetOf(sections.keySet());
    assertThat(sections.keySet()).as("sections without a test").isSubsetOf(proofs.keySet());
  }

  @Test
  void theTable_isTheOneThatTheSourcesGive() throws IOException {
    String table = table(sections(), proofs());
    if ("write".equals(System.getProperty("myrhiza.coverage"))) {
      Files.writeString(PAGE, table);
    }
    assertThat(PAGE).as("written anew as CoverageTest says").hasContent(table.stripTrailing());
  }

  private static String table(Map<String, String> sections, Map<String, Set<String>> proofs) {
    StringBuilder page = new StringBuilder("# Coverage\n\n");
    page.append("Which tests prove which section. Written by `CoverageTest` from the annotations");
    page.append(" of tests, `" + PROVES + "…)`; not by hand.\n\n");
    page.append("| section | | tests |\n|---|---|---|\n");
    sections.forEach((id, title) -> {
      String tests = String.join("`, `", proofs.getOrDefault(id, new TreeSet<>()));
      page.append("| ").append(id).append(" | ").append(title);
      page.append(" | `").append(tests).append("` |\n");
    });
    return page.toString();
  }

  /** Returns the titles of all sections by their ids, in the order of pages and within them. */
  private static Map<String, String> sections() throws IOException {
    Map<String, String> sections = new LinkedHashMap<>();
    for (Path page : pages()) {
      String text = Files.readString(page);
      List<MatchResult> found = SECTION.matcher(text).results().toList();
      assertThat(found)
          .as("sections of " + page)
          .hasSize((int) HEADING.matcher(text).results().count());
      for (MatchResult section : found) {
        String name = String.valueOf(page.getFileName()).replace(".md", "");
        boolean number = !section.group(1).contains("-");
        String prefix = number ? name.toUpperCase(Locale.ROOT) + "-" : "";
        assertThat(sections.put(prefix + section.group(1), section.group(2)))
            .as("another " + section.group(1))
            .isNull();
      }
    }
    return sections;
  }

  private static List<Path> pages() {
    List<Path> pages = new ArrayList<>(SourceTree.files());
    pages.removeIf(
        file -> !SourceTree.relative(file).matches("docs/spec/[a-z]+\\.md") || file.equals(PAGE));
    return pages;
  }

  /** Returns for each section that a test names the tests that do. */
  private static Map<String, Set<String>> proofs() {
    Map<String, Set<String>> proofs = new LinkedHashMap<>();
    for (Path file : SourceTree.java()) {
      String text = String.join("\n", SourceTree.lines(file));
      int found = 0;
      Matcher method = METHOD.matcher(text);
      while (method.find()) {
        String annotations = method.group(1);
        int at = annotations.indexOf(PROVES);
        if (at >= 0) {
          found++;
          assertThat(annotations).as(file + ", " + method.group(2)).contains("@Test");
          String test = fileName(file) + "." + method.group(2);
          String ids = annotations.substring(at, annotations.indexOf(')', at));
          ID.matcher(ids)
              .results()
              .forEach(id -> proofs.computeIfAbsent(id.group(1), any -> new TreeSet<>()).add(test));
        }
      }
      int written = text.split(Pattern.quote(PROVES), -1).length - 1;
      assertThat(found).as("annotations that were understood in " + file).isEqualTo(written);
    }
    return proofs;
  }

  private static String fileName(Path file) {
    return String.valueOf(file.getFileName()).replace(".java", "");
  }
}
