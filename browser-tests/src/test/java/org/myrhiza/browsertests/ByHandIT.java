// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browsertests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.myrhiza.cli.browser.HeadlessChromium;
import org.myrhiza.testkit.json.Json;
import org.myrhiza.testkit.json.JsonValue;
import org.myrhiza.testkit.process.Child;
import org.myrhiza.testkit.process.Launch;
import org.openqa.selenium.chrome.ChromeDriver;

/** What the README does by hand: its own commands, a process each, and a page in a browser. */
@Timeout(240)
final class ByHandIT {
  private static final Pattern RELAY = Pattern.compile("relay +ws://(.+)/v1");
  private static final Pattern PAGE = Pattern.compile("page +(http://.+/)");
  private static final Pattern INVITE = Pattern.compile("myinvite1[0-9a-z]+");
  private static final Pattern BUNDLE = Pattern.compile("mybundle1[0-9a-z]+");

  @TempDir private Path folder;

  private static String found(Pattern pattern, String text) {
    MatchResult match =
        pattern.matcher(text).results().findFirst().orElseThrow(() -> new AssertionError(text));
    return match.group(match.groupCount());
  }

  private Launch at(String name, String... words) {
    List<String> all = new java.util.ArrayList<>(List.of(words));
    all.addAll(List.of("--data", folder.resolve(name).toString()));
    return Launch.of(all.toArray(String[]::new));
  }

  /** What a peer's own process says of its only instance. */
  private JsonValue listed(String name) throws InterruptedException {
    List<JsonValue> instances =
        Json.parse(ByHand.done(at(name, "app", "list", "--json"))).at("instances").items();
    assertThat(instances).hasSize(1);
    return instances.getFirst();
  }

  @Test
  void peersAndAPage_doAsTheReadmeSays_andAgreeOnOneDigest() throws Exception {
    ByHand hand = new ByHand(folder);
    hand.put("counter.bundle", folder.resolve("counter.bundle").toString());
    try (Child relay = hand.start("relay")) {
      hand.put("127.0.0.1:7420", found(RELAY, relay.line()));
      String page = found(PAGE, relay.line());
      String bundle = found(BUNDLE, hand.run("bundle build"));
      String invite = found(INVITE, hand.agree("app create"));
      hand.put("myinvite1...", invite);
      try (Child ada = hand.start("peer run")) {
        assertThat(ada.line()).contains("is up");
        hand.agree("app join");
        assertThat(hand.run("app act")).contains("accepted");
        assertThat(hand.run("app view")).contains("Value: 5");
        assertThat(hand.unused()).isEmpty();
        try (Child ben = at("ben", "peer", "run").start()) {
          assertThat(ben.line()).contains("is up");
          String digest = meet(page, invite);
          Launch last = at("eve", "app", "join", invite, "--trust", bundle, "--json");
          assertThat(Json.parse(ByHand.done(last)).at("digest").text()).isEqualTo(digest);
          assertThat(ben.stop()).isZero();
        }
        assertThat(ada.stop()).isZero();
      }
      assertThat(relay.stop()).isZero();
    }
  }

  /** A page joins by a pasted link; everybody adds; all show one digest, which comes back. */
  private String meet(String address, String invite) throws Exception {
    ChromeDriver browser = HeadlessChromium.open(folder.resolve("browser"));
    try {
      Tab page = new Tab(browser);
      page.go(address);
      Stage.Staged app =
          new Stage.Staged(listed("ada").at("instance").text(), address + "#" + invite);
      page.paste(app.invite());
      page.until("the question", () -> page.shown("trust"));
      assertThat(page.text("consent")).contains("cannot reach files");
      page.click("trust");
      page.awaitCard(app);
      page.act(app, "add", 7);
      ByHand.done(at("ada", "app", "act", "tally", "subtract", "amount=2"));
      ByHand.done(at("ben", "app", "act", "tally", "add", "amount=30", "--wait"));
      page.until("all that was added", () -> page.strong(app).equals("40"));
      page.until(
          "one digest in the page and at both peers",
          () -> {
            String shown = page.attribute(app, "digest");
            return listed("ada").at("digest").text().equals(shown)
                && listed("ben").at("digest").text().equals(shown)
                && page.attribute(app, "digest").equals(shown);
          });
      return page.attribute(app, "digest");
    } finally {
      browser.quit();
    }
  }
}
