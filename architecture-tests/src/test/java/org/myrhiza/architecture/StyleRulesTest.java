// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of style that a formatter does not know. */
final class StyleRulesTest {
  private static final String LICENCE = "// SPDX-License-Identifier: AGPL-3.0-only";
  private static final int MAX_LINES = 500;
  private static final int MAX_COLUMNS = 100;

  /** Written in two halves, so that this file obeys its own rule. */
  private static final List<String> REGISTRY_HOSTS =
      List.of(
          "repo.maven.apache" + ".org",
          "repo1.maven" + ".org",
          "registry.npmjs" + ".org",
          "registry.yarnpkg" + ".com",
          "deb.debian" + ".org",
          "security.debian" + ".org",
          "archive.ubuntu" + ".com",
          "static.crates" + ".io",
          "files.pythonhosted" + ".org",
          "proxy.golang" + ".org");

  private static final List<String> UNWANTED =
      List.of("Thread" + ".sleep(", "TO" + "DO", "FIX" + "ME", "printStack" + "Trace(");

  /**
   * A product that behaves otherwise when it is shown or tested has been shown and tested for
   * nothing.
   */
  private static final Pattern SPECIAL_CASE =
      Pattern.compile(
          "\\b(?:is|in|for|if|when|under|run)(?:Demo|Test|Fault)\\b"
              + "|\\b(?:demo|test|fault)(?:Mode|Only|Run|Hook|Injection|ing)\\b"
              + "|\\bdemo\\b"
              + "|\"[\\w.-]*\\b(?:demo|test|fault)\\b[\\w.-]*\"");

  /** A line that is one string and nothing else: breaking it would make it harder to find. */
  private static final Pattern LONE_LITERAL = Pattern.compile("[+ ]*\"[^\"]*\"[,;)]*");

  /** A variable that holds a hash table. */
  private static final Pattern HASH_TABLE = Pattern.compile("\\b(\\w+) = new Hash(?:Map|Set)\\b");

  private static final Set<String> NEUTRAL = Set.of("wasm-bridge", "kernel-shared");

  @Test
  void noNeutralCode_walksThroughAHashTable() {
    assertThat(broken(neutralJava(), StyleRulesTest::walksThroughHashTables)).isEmpty();
  }

  @Test
  void everyJavaFile_beginsWithTheLicence() {
    assertThat(
            broken(
                SourceTree.java(),
                file -> offence(!SourceTree.lines(file).getFirst().equals(LICENCE))))
        .isEmpty();
  }

  @Test
  void noJavaFile_isLongerThan500Lines() {
    assertThat(
            broken(
                SourceTree.java(),
                file -> {
                  int lines = SourceTree.lines(file).size();
                  return lines > MAX_LINES ? Stream.of(lines + " lines") : Stream.empty();
                }))
        .isEmpty();
  }

  @Test
  void noLine_isWiderThan100Columns() {
    assertThat(
            broken(
                SourceTree.java(),
                file ->
                    numbered(file)
                        .filter(line -> line.text().length() > MAX_COLUMNS)
                        .filter(line -> !line.text().startsWith("import "))
                        .filter(line -> !line.text().contains("://"))
                        .filter(line -> !LONE_LITERAL.matcher(line.text()).matches())
                        .map(Line::toString)))
        .isEmpty();
  }

  @Test
  void everyPackage_isExplainedAndNullMarked() {
    List<Path> folders =
        SourceTree.java().stream()
            .filter(SourceTree::isMain)
            .map(Path::getParent)
            .distinct()
            .toList();
    assertThat(
            broken(
                folders,
                folder -> {
                  Path info = folder.resolve("package-info.java");
                  if (!Files.isRegularFile(info)) {
                    return Stream.of("no package-info.java");
                  }
                  String text = String.join("\n", SourceTree.lines(info));
                  return offence(!text.contains("@NullMarked") || !text.contains("/**"));
                }))
        .isEmpty();
  }

  @Test
  void noSource_sleepsOrPostponesOrPrintsAStack() {
    assertThat(
            broken(
                SourceTree.java(),
                file ->
                    numbered(file)
                        .filter(line -> UNWANTED.stream().anyMatch(line.text()::contains))
                        .map(Line::toString)))
        .isEmpty();
  }

  @Test
  void noProductCode_knowsThatItIsShownOrTested() {
    assertThat(
            broken(
                SourceTree.productJava(),
                file ->
                    numbered(file)
                        .filter(line -> SPECIAL_CASE.matcher(withoutComment(line.text())).find())
                        .map(Line::toString)))
        .isEmpty();
  }

  @Test
  void noFile_namesThePackageRegistryItCameFrom() {
    assertThat(
            broken(
                SourceTree.files(),
                file -> {
                  String text = latin1(file);
                  return REGISTRY_HOSTS.stream().filter(text::contains);
                }))
        .isEmpty();
  }

  private static List<Path> neutralJava() {
    return SourceTree.productJava().stream()
        .filter(file -> NEUTRAL.contains(SourceTree.module(file)))
        .toList();
  }

  /** Looks for a walk by name: enough, since the tables are private to their class. */
  private static Stream<String> walksThroughHashTables(Path file) {
    String text = String.join("\n", SourceTree.lines(file));
    return HASH_TABLE
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .distinct()
        .filter(name -> walkOver(name).matcher(text).find())
        .map(name -> name + " is a hash table, its order differs between stacks");
  }

  private static Pattern walkOver(String table) {
    return Pattern.compile(
        "\\b%s\\s*\\.(?:keySet|values|entrySet|forEach|iterator|stream|removeIf|toArray)\\("
                .formatted(table)
            + "|: (?:this\\.)?%s\\)".formatted(table)
            + "|copyOf\\((?:this\\.)?%s\\)".formatted(table)
            + "|return (?:this\\.)?%s;".formatted(table));
  }

  private static String withoutComment(String line) {
    String text = line.strip();
    if (text.startsWith("*") || text.startsWith("/*")) {
      return "";
    }
    int comment = text.indexOf("// ");
    return comment < 0 ? text : text.substring(0, comment);
  }

  private static String latin1(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Stream<String> offence(boolean broken) {
    return broken ? Stream.of("") : Stream.empty();
  }

  private static List<String> broken(List<Path> files, Function<Path, Stream<String>> rule) {
    return files.stream()
        .flatMap(file -> rule.apply(file).map(why -> SourceTree.relative(file) + ": " + why))
        .collect(Collectors.toList());
  }

  private static Stream<Line> numbered(Path file) {
    List<String> texts = SourceTree.lines(file);
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      lines.add(new Line(i + 1, texts.get(i)));
    }
    return lines.stream();
  }

  private record Line(int number, String text) {
    @Override
    public String toString() {
      return number + ": " + text.strip();
    }
  }
}
