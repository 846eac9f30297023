// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browsertests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What keeps the page from working is said in one sentence that helps, and nothing is lost. */
final class ObstaclesIT {
  private static final int LONGEST_SENTENCE = 260;
  private static final String NO_SITE_DATA =
      """
      {"profile":{"default_content_setting_values":{"cookies":2}}}
      """;

  private static final String UPGRADE =
      """
      const done = arguments[0];
      const request = indexedDB.open('myrhiza', 7);
      request.onsuccess = () => { request.result.close(); done(true); };
      request.onerror = () => done(false);
      """;

  private static final String NEWER_RECORDS =
      """
      const done = arguments[0];
      const files = performance.getEntriesByType('resource').map((entry) => entry.name);
      const page = files.find((name) => name.endsWith('/page.js'));
      import(page.replace('page.js', 'packs.js')).then(({ sealed }) => {
        const request = indexedDB.open('myrhiza');
        request.onsuccess = () => {
          const change = request.result.transaction('entries', 'readwrite');
          const key = new Uint8Array([0]);
          change.objectStore('entries').put(sealed(key, new Uint8Array([255, 255])), key.buffer);
          change.oncomplete = () => { request.result.close(); done(true); };
          change.onabort = () => done(false);
        };
      });
      """;

  @Test
  void insecureOrigin_namesTheSecureOnes() throws Exception {
    try (Stage stage = new Stage()) {
      String url = stage.nameRelay("insecure.test");
      Tab page = stage.openEmpty("a", "--host-resolver-rules=MAP insecure.test 127.0.0.1");
      page.go(url);
      says(page, "needs a secure address", "https://", "http://localhost");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "WebAssembly, delete globalThis.WebAssembly",
    "Web Locks, delete Navigator.prototype.locks",
    "BroadcastChannel, delete globalThis.BroadcastChannel",
    "IndexedDB, delete globalThis.indexedDB",
    "WebCrypto, Object.defineProperty(Crypto.prototype; 'subtle'; {value: undefined})",
    "BigInt64Array, delete globalThis.BigInt64Array",
  })
  void oldBrowser_isToldWhatItLacks(String name, String removal) throws Exception {
    try (Stage stage = new Stage()) {
      Tab page = stage.openEmpty("a");
      page.beforeScripts(removal.replace(';', ','));
      page.go(stage.relay().pageUrl());
      says(page, "This browser lacks " + name, "use a current Chromium, Firefox or Safari");
    }
  }

  @Test
  void browserWithoutModules_isToldSo() throws Exception {
    try (Stage stage = new Stage(AlteredPage.with("start.js", modules -> ""))) {
      Tab page = stage.openEmpty("a");
      page.beforeScripts("delete HTMLScriptElement.prototype.noModule");
      page.go(stage.relay().pageUrl());
      says(page, "too old", "use a current Chromium, Firefox or Safari");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "page.js   | syntax of the future; | too old for Myrhiza",
        "page.js   | throw new Error('broken on purpose'); | broken on purpose",
        "kernel.js | syntax of the future; | The page stopped (SyntaxError",
        "worker.js | syntax of the future; | The page stopped",
        "worker.js | crypto.subtle.generateKey = async () => { throw new DOMException('no', "
            + "'NotSupportedError'); }; | This browser lacks Ed25519",
        "worker.js | IDBObjectStore.prototype.add = () => { throw new DOMException('no', "
            + "'DataCloneError'); }; | This site may not store data (DataCloneError",
        "worker.js | indexedDB.open = () => { throw new DOMException('no', 'SecurityError'); };"
            + " | This site may not store data (SecurityError",
      })
  void scriptThatCannotRun_leavesASentence(String script, String line, String sentence)
      throws Exception {
    try (Stage stage = new Stage(AlteredPage.before(script, line))) {
      Tab page = stage.open("a");
      says(page, sentence);
    }
  }

  @Test
  void scriptThatDoesNotArrive_leavesASentence() throws Exception {
    try (Stage stage = new Stage()) {
      Tab page = stage.openEmpty("a");
      page.command("Network.enable", Map.of());
      page.command("Network.setBlockedURLs", Map.of("urls", new String[] {"*/page.js"}));
      page.go(stage.relay().pageUrl());
      says(page, "did not load", "reload");
    }
  }

  @Test
  void deniedStorage_isSaidWithWhatToAllow() throws Exception {
    try (Stage stage = new Stage()) {
      Path preferences = stage.profile("a").resolve("Default/Preferences");
      Files.createDirectories(preferences.getParent());
      Files.writeString(preferences, NO_SITE_DATA);
      Tab page = stage.open("a");
      says(page, "This site may not store data", "allow storage for this site");
    }
  }

  @Test
  void fullStorage_isSaid_nothingIsAcknowledged_andItGoesOnWhenThereIsSpace() throws Exception {
    try (Stage stage = new Stage()) {
      Stage.Staged app = stage.create("counter", "full");
      Tab before = stage.open("a");
      before.join(app);
      before.act(app, "add", 1);
      before.awaitSame(stage, app, 1);
      long events = stage.status(app).counts().events();
      String origin = stage.relay().pageUrl().replaceAll("/$", "");

      // A browser remembers for a while how much space it has counted: a new one counts again.
      stage.kill("a");
      Tab page = stage.openEmpty("a");
      page.command("Storage.overrideQuotaForOrigin", Map.of("origin", origin, "quotaSize", 1));
      page.go(stage.relay().pageUrl());
      page.awaitCard(app);
      page.press(app, "add", 5, 1);
      page.until("a word about it", () -> page.shown("notice"));
      assertThat(page.text("notice"))
          .contains("could not write", "no more space", "free some", "leave this page open")
          .hasSizeLessThan(LONGEST_SENTENCE);
      assertThat(page.number(app, "authored")).isEqualTo(1);
      assertThat(page.strong(app)).isEqualTo("1");
      assertThat(stage.status(app).counts().events())
          .as("sent before it is kept")
          .isEqualTo(events);

      page.command("Storage.overrideQuotaForOrigin", Map.of("origin", origin));
      page.until("the kept write", () -> page.strong(app).equals("6"));
      page.until("the good news", () -> page.text("notice").contains("writes again"));
      page.awaitSame(stage, app, 2);
      page.driver().navigate().refresh();
      page.awaitCard(app);
      page.until("the write after a reload", () -> page.strong(app).equals("6"));
    }
  }

  @Test
  void newerDatabase_isNamedAndLeftAlone() throws Exception {
    newerFormat(UPGRADE, "format 7", "up to 2", "reload");
  }

  @Test
  void newerRecords_areNamedAndLeftAlone() throws Exception {
    newerFormat(NEWER_RECORDS, "format 65535", "up to 3", "newer program");
  }

  private static void newerFormat(String script, String... words) throws Exception {
    try (Stage stage = new Stage()) {
      Stage.Staged app = stage.create("counter", "newer");
      Tab page = stage.open("a");
      page.join(app);
      page.awaitSame(stage, app, 0);
      long entries = page.entries();
      assertThat(page.driver().executeAsyncScript(script)).isEqualTo(true);
      page.driver().navigate().refresh();
      says(page, words);
      assertThat(page.entries()).isEqualTo(entries);
    }
  }

  private static void says(Tab page, String... words) {
    page.until("a problem", () -> page.shown("problem"));
    String problem = page.text("problem");
    assertThat(problem).contains(words).endsWith(".").hasSizeLessThan(LONGEST_SENTENCE);
    assertThat(problem).as("one sentence").doesNotContain(". ");
    page.until("the status", () -> page.text("status").equals("Not running"));
    assertThat(page.shown("join")).isFalse();
  }
}
