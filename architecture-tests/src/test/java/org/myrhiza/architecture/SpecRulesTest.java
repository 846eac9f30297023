// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.myrhiza.testkit.files.FileVectors;
import org.myrhiza.testkit.files.Repository;
import org.myrhiza.testkit.stack.Vectors.Root;

/** The specification and the documents hold together with the code. */
final class SpecRulesTest {
  /** A relative link in Markdown: its target without a fragment. */
  private static final Pattern LINK = Pattern.compile("\\]\\((?!\\w+:|#)([^)#]+)");

  @Test
  void everyVectorFile_isReadBySomeTest() {
    String sources =
        SourceTree.java().stream()
            .map(file -> String.join("\n", SourceTree.lines(file)))
            .collect(Collectors.joining("\n"));
    List<String> vectors = new FileVectors(Repository.root()).list(Root.SPEC, "");
    assertThat(vectors).isNotEmpty();
    assertThat(vectors.stream().filter(vector -> !sources.contains('"' + vector + '"'))).isEmpty();
  }

  @Test
  void everyLinkBetweenDocuments_leadsSomewhere() {
    Stream<String> broken =
        SourceTree.files().stream()
            .filter(file -> file.toString().endsWith(".md"))
            .flatMap(SpecRulesTest::brokenLinks);
    assertThat(broken).isEmpty();
  }

  @Test
  void theRoot_hasItsDocuments() {
    List<String> documents =
        List.of(
            "README.md",
            "CONTRIBUTING.md",
            "SECURITY.md",
            "CHANGELOG.md",
            "LICENSE",
            "docs/decisions/0000-template.md",
            "docs/decisions/deliberate.md",
            "docs/spec/README.md");
    assertThat(documents)
        .allSatisfy(name -> assertThat(Repository.root().resolve(name)).isRegularFile());
  }

  private static Stream<String> brokenLinks(Path file) {
    String text = String.join("\n", SourceTree.lines(file));
    return LINK.matcher(text)
        .results()
        .map(match -> match.group(1))
        .filter(target -> !Files.exists(file.resolveSibling(target)))
        .map(target -> SourceTree.relative(file) + ": " + target);
  }
}
