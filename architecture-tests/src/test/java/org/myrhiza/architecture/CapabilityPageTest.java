// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.myrhiza.capability.Capabilities;
import org.myrhiza.capability.Capability;
import org.myrhiza.capability.Permission;
import org.myrhiza.capability.Profile;
import org.myrhiza.capability.Surface;
import org.myrhiza.testkit.files.Repository;
import org.myrhiza.testkit.suite.Proves;

/** The matrix in the code, the page that prints it and the WIT worlds say the same. */
final class CapabilityPageTest {
  private static final Pattern WORLD =
      Pattern.compile("world ([a-z-]+) \\{(.*?)\n\\}", Pattern.DOTALL);
  private static final Pattern IMPORT = Pattern.compile("\n  (?:import|use) ([a-z-]+)[;.]");

  @Test
  @Proves("CAPABILITIES-2")
  void thePageOfTheSpecificationPrintsTheMatrix() throws IOException {
    List<String> rows = new ArrayList<>();
    for (Capability row : Capabilities.matrix()) {
      List<String> cells = new ArrayList<>();
      cells.add("`" + row.name() + "`");
      cells.add(row.surface().text());
      for (Profile profile : Profile.values()) {
        cells.add(row.permission(profile).text());
      }
      cells.add(row.words());
      rows.add("| " + String.join(" | ", cells) + " |");
    }
    Path page = Repository.root().resolve("docs/spec/capabilities.md");
    List<String> printed =
        Files.readAllLines(page).stream().filter(line -> line.startsWith("| `")).toList();
    assertThat(printed).isEqualTo(rows);
  }

  @Test
  void eachWorldImportsExactlyWhatItsProfileIsOffered() throws IOException {
    Matcher world =
        WORLD.matcher(Files.readString(Repository.root().resolve("wit").resolve("worlds.wit")));
    int worlds = 0;
    while (world.find()) {
      worlds++;
      Profile profile = Profile.parse(world.group(1)).orElseThrow();
      Set<String> imported = new TreeSet<>();
      IMPORT.matcher(world.group(2)).results().forEach(found -> imported.add(found.group(1)));
      imported.remove("types");
      assertThat(imported).as(profile.text()).isEqualTo(offered(profile));
    }
    assertThat(worlds).isEqualTo(3);
  }

  private static Set<String> offered(Profile profile) {
    Set<String> names = new TreeSet<>();
    for (Capability row : Capabilities.matrix()) {
      if (row.surface() != Surface.LATER && row.permission(profile) != Permission.NEVER) {
        names.add(row.name());
      }
    }
    names.remove("types");
    return names;
  }
}
