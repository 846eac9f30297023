// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browsertests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.myrhiza.testkit.files.Repository;
import org.myrhiza.view.Field;
import org.openqa.selenium.Keys;

/**
 * The page is readable on a phone and on a desk, in light and in dark, and without a pointer.
 * Leaves pictures in {@code browser-tests/target/looks}.
 */
final class LooksIT {
  private static final int PHONE = 360;
  private static final int DESK = 1440;
  private static final int HEIGHT = 900;
  private static final String LONG = "Donaudampfschifffahrtsgesellschaftskapitaenswitwenrente";
  private static final List<Field> POLL =
      List.of(
          new Field("title", "Where do we eat? " + LONG + LONG),
          new Field("option", LONG),
          new Field("option", "The small place behind the station, if it is open on Mondays"),
          new Field("option", "At home"));

  private static final String ORDER =
      "return looks.controls(document).map((each) => each.outerHTML)";

  @Test
  void bothWidthsAndSchemes_areReadable() throws Exception {
    try (Stage stage = new Stage()) {
      Tab page = open(stage);
      for (int width : new int[] {PHONE, DESK}) {
        for (String scheme : List.of("light", "dark")) {
          String shot = width + "-" + scheme;
          show(page, width, scheme);
          picture(page, shot);
          assertThat(list(page, "return looks.tooWide()")).as("too wide, %s", shot).isEmpty();
          assertThat(list(page, "return looks.tooFaint(document.body)"))
              .as("too faint, %s", shot)
              .isEmpty();
          assertThat(list(page, "return looks.tooSmall(document)"))
              .as("too small to hit, %s", shot)
              .isEmpty();
        }
      }
    }
  }

  @Test
  void questionBeforeAnAppRuns_isReadable() throws Exception {
    try (Stage stage = new Stage()) {
      Stage.Staged app = stage.create("poll", LONG, POLL);
      Tab page = stage.open("a");
      page.paste(app.invite());
      page.until("the question", () -> page.shown("consent"));
      load(page);
      for (int width : new int[] {PHONE, DESK}) {
        for (String scheme : List.of("light", "dark")) {
          String shot = "consent-" + width + "-" + scheme;
          show(page, width, scheme);
          picture(page, shot);
          assertThat(list(page, "return looks.tooWide()")).as("too wide, %s", shot).isEmpty();
          assertThat(list(page, "return looks.tooFaint(document.getElementById('consent'))"))
              .as("too faint, %s", shot)
              .isEmpty();
        }
      }
    }
  }

  @Test
  void tabulator_reachesEveryControlInOrder_andItsFocusIsSeen() throws Exception {
    try (Stage stage = new Stage()) {
      Tab page = open(stage);
      for (String scheme : List.of("light", "dark")) {
        show(page, PHONE, scheme);
        page.driver().navigate().refresh();
        page.until("both apps", () -> page.cards() == 2 && page.canJoin());
        load(page);
        List<String> wanted = list(page, ORDER);
        List<String> reached = new ArrayList<>();
        List<String> unseen = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
          page.keys(Keys.TAB);
          reached.addAll(list(page, "return [document.activeElement.outerHTML]"));
          unseen.addAll(list(page, "return looks.unframed()"));
        }
        assertThat(reached).isEqualTo(wanted).hasSizeGreaterThan(LEAST_CONTROLS);
        assertThat(unseen).as(scheme).isEmpty();
      }
    }
  }

  /** The form to join, two apps' forms and each card's own two buttons. */
  private static final int LEAST_CONTROLS = 9;

  @Test
  void everyControl_hasANameForThoseWhoHearThePage() throws Exception {
    try (Stage stage = new Stage()) {
      Tab page = open(stage);
      page.command("Accessibility.enable", Map.of());
      List<?> nodes = (List<?>) page.command("Accessibility.getFullAXTree", Map.of()).get("nodes");
      List<String> named = new ArrayList<>();
      List<String> nameless = new ArrayList<>();
      for (Object each : nodes) {
        Map<?, ?> node = (Map<?, ?>) each;
        String role = value(node.get("role"));
        if (ROLES.contains(role)) {
          String name = value(node.get("name"));
          (name.isBlank() ? nameless : named).add(role + " " + name);
        }
      }
      assertThat(nameless).isEmpty();
      assertThat(named)
          .contains(
              "textbox Join with an invitation",
              "button Join",
              "textbox Amount",
              "button Add",
              "combobox Your choice",
              "button Vote",
              "button Leave")
          .hasSizeGreaterThan(LEAST_CONTROLS);
    }
  }

  private static final List<String> ROLES =
      List.of("button", "textbox", "combobox", "checkbox", "dialog", "link", "listbox");

  private static String value(Object property) {
    return property instanceof Map<?, ?> map ? String.valueOf(map.get("value")) : "";
  }

  /** Opens the page with a counter and a poll of long names. */
  private static Tab open(Stage stage) throws Exception {
    Stage.Staged counter = stage.create("counter", "Count " + LONG);
    Stage.Staged poll = stage.create("poll", LONG + LONG, POLL);
    Tab page = stage.open("a");
    page.join(counter);
    page.join(poll);
    page.act(counter, "add", 1234567);
    page.awaitSame(stage, poll, 0);
    page.awaitSame(stage, counter, 1);
    load(page);
    return page;
  }

  private static void load(Tab page) throws Exception {
    try (InputStream script =
        Objects.requireNonNull(LooksIT.class.getResourceAsStream("/looks/looks.js"))) {
      page.driver().executeScript(new String(script.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static void show(Tab page, int width, String scheme) {
    page.command(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", HEIGHT, "deviceScaleFactor", 1, "mobile", width == PHONE));
    page.command("Emulation.setScrollbarsHidden", Map.of("hidden", true));
    page.command(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", scheme),
                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
  }

  private static void picture(Tab page, String name) throws Exception {
    Path folder = Repository.root().resolve("browser-tests/target/looks");
    Files.createDirectories(folder);
    Map<String, Object> shot =
        page.command("Page.captureScreenshot", Map.of("captureBeyondViewport", true));
    byte[] png = Base64.getDecoder().decode(String.valueOf(shot.get("data")));
    Files.write(folder.resolve(name + ".png"), png);
  }

  private static List<String> list(Tab page, String script) {
    List<?> found = (List<?>) Objects.requireNonNull(page.driver().executeScript(script));
    return found.stream().map(String::valueOf).toList();
  }
}
