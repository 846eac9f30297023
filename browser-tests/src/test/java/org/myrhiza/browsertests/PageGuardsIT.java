// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browsertests;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the page refuses, and how it says so. */
final class PageGuardsIT {
  private static final Pattern FILE = Pattern.compile("v-[0-9a-f]{16}/[a-z.-]+\\.(?:js|css|svg)");
  private static final int FOUND = 200;
  private static final int NOT_FOUND = 404;

  @Test
  void wrongInvitation_isAnsweredInOneSentence() throws Exception {
    try (Stage stage = new Stage()) {
      Tab page = stage.open("a");
      page.paste("myinvite1qqqq");
      page.until("an answer", () -> page.text("join-answer").contains("nvitation"));
      assertThat(page.text("join-answer")).hasSizeLessThan(400).doesNotContain("Exception");
      page.until("the form again", () -> page.canJoin());
    }
  }

  @Test
  void refusedConsent_leavesNothing() throws Exception {
    try (Stage stage = new Stage()) {
      Stage.Staged app = stage.create("counter", "refused");
      Tab page = stage.open("a");
      page.until("the join form", () -> page.shown("join-button"));
      long before = page.entries();
      page.paste(app.invite());
      page.until("the question", () -> page.shown("refuse"));
      assertThat(page.text("consent")).contains("cannot reach files");
      page.click("refuse");
      page.until("an answer", () -> !page.shown("consent") && page.canJoin());
      assertThat(page.has(app)).isFalse();
      assertThat(page.entries()).isEqualTo(before);
      page.driver().navigate().refresh();
      page.until("the empty page", () -> page.shown("empty"));
      assertThat(stage.status(app).counts().events()).isEqualTo(1);
    }
  }

  @Test
  void everyAnswer_carriesThePolicy() throws Exception {
    try (Stage stage = new Stage();
        HttpClient client = HttpClient.newHttpClient()) {
      String page = stage.relay().pageUrl();
      String worker = get(client, page + "sw.js", FOUND);
      List<String> files = FILE.matcher(worker).results().map(MatchResult::group).toList();
      assertThat(files).anyMatch(file -> file.endsWith("/worker.js"));
      assertThat(files).anyMatch(file -> file.endsWith("/kernel.js"));
      for (String file : files) {
        get(client, page + file, FOUND);
      }
      get(client, page, FOUND);
      get(client, page + "no-such-file", NOT_FOUND);
    }
  }

  private static String get(HttpClient client, String url, int status) throws Exception {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(url).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Security-Policy"))
        .as(url)
        .hasValueSatisfying(policy ->
            assertThat(policy)
                .contains("script-src 'self' 'wasm-unsafe-eval'")
                .doesNotContain("unsafe-inline")
                .doesNotContain("'unsafe-eval'"));
    return answer.body();
  }
}
