// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browsertests;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Faults of IndexedDB: what the page showed as durable is there, or it says what is wrong. */
final class StoreFaultsIT {
  private static final int SOME_KILLS = 3;
  private static final int MANY_KILLS = 60;
  private static final int BURST = 8;

  /** Every fourth batch is aborted once its writes are queued, as a failing disk does. */
  private static final String ABORTS =
      "const begin = IDBDatabase.prototype.transaction; let batches = 0;"
          + " IDBDatabase.prototype.transaction = function (...all) {"
          + " const made = begin.apply(this, all);"
          + " if (all[0].includes('entries') && all[1] === 'readwrite' && ++batches % 4 === 0) {"
          + " queueMicrotask(() => made.abort()); } return made; };";

  private static final String EMPTY =
      """
      const done = arguments[0];
      const request = indexedDB.open('myrhiza');
      request.onsuccess = () => {
        const change = request.result.transaction('entries', 'readwrite');
        change.objectStore('entries').delete(new Uint8Array([0]).buffer);
        change.oncomplete = () => { request.result.close(); done(true); };
        change.onabort = () => done(false);
      };
      """;

  private static final String CUT =
      """
      const done = arguments[0];
      const request = indexedDB.open('myrhiza');
      request.onsuccess = () => {
        const change = request.result.transaction('entries', 'readwrite');
        const entries = change.objectStore('entries');
        const logs = IDBKeyRange.bound(
            new Uint8Array([3]).buffer, new Uint8Array([4]).buffer, false, true);
        entries.openCursor(logs).onsuccess = (event) => {
          const found = event.target.result;
          found.update(found.value.slice(0, found.value.byteLength / 2));
        };
        change.oncomplete = () => { request.result.close(); done(true); };
        change.onabort = () => done(false);
      };
      """;

  /** The last byte of a state record, before its checksum: by itself it would be a good one. */
  private static final String FLIP =
      """
      const done = arguments[0];
      const request = indexedDB.open('myrhiza');
      request.onsuccess = () => {
        const change = request.result.transaction('entries', 'readwrite');
        const states = IDBKeyRange.bound(
            new Uint8Array([5]).buffer, new Uint8Array([6]).buffer, false, true);
        change.objectStore('entries').openCursor(states).onsuccess = (event) => {
          const found = event.target.result;
          const value = new Uint8Array(found.value);
          value[value.length - 5] ^= 1;
          found.update(value.buffer);
        };
        change.oncomplete = () => { request.result.close(); done(true); };
        change.onabort = () => done(false);
      };
      """;

  @Test
  void abortedTransactions_areTriedAgain_andNothingIsLost() throws Exception {
    try (Stage stage = new Stage(AlteredPage.before("worker.js", ABORTS))) {
      Stage.Staged app = stage.create("counter", "aborts");
      Tab page = stage.open("a");
      page.join(app);
      for (int i = 1; i <= 3; i++) {
        page.act(app, "add", 1);
      }
      page.until("a word about it", () -> page.text("notice").contains("writes again"));
      page.awaitSame(stage, app, 3);
      page.driver().navigate().refresh();
      page.awaitCard(app);
      page.awaitSame(stage, app, 3);
      assertThat(page.strong(app)).isEqualTo("3");
    }
  }

  @Test
  void workerKilledWhileItWrites_hasAllThatWasShown() throws Exception {
    killed(SOME_KILLS);
  }

  @Test
  @Tag("nightly")
  void workerKilledWhileItWrites_manyTimes_hasAllThatWasShown() throws Exception {
    killed(MANY_KILLS);
  }

  /** A reload ends the worker wherever it is. */
  private static void killed(int kills) throws Exception {
    try (Stage stage = new Stage()) {
      Stage.Staged app = stage.create("counter", "kills");
      Tab page = stage.open("a");
      page.join(app);
      long shown = 0;
      for (int kill = 0; kill < kills; kill++) {
        long before = page.number(app, "authored");
        assertThat(before).as("after kill %d", kill).isGreaterThanOrEqualTo(shown);
        page.press(app, "add", 1, BURST);
        page.until("a durable write", () -> page.number(app, "authored") > before);
        shown = page.number(app, "authored");
        page.driver().navigate().refresh();
        page.awaitCard(app);
      }
      page.act(app, "add", 1);
      page.awaitSame(stage, app, shown + 1);
      assertThat(page.number(app, "authored")).isEqualTo(Long.parseLong(page.strong(app)));
    }
  }

  @Test
  void storeThatLostItsFormat_isToldAsDamaged_andLeftAlone() throws Exception {
    damaged(EMPTY, false);
  }

  @Test
  void recordThatWasCut_isToldAsDamaged_andLeftAlone() throws Exception {
    damaged(CUT, true);
  }

  @Test
  void stateOfWhichAByteWasFlipped_isToldAsDamaged_andLeftAlone() throws Exception {
    damaged(FLIP, true);
  }

  private static void damaged(String script, boolean ofOneApp) throws Exception {
    try (Stage stage = new Stage()) {
      Stage.Staged app = stage.create("counter", "damaged");
      Tab page = stage.open("a");
      page.join(app);
      page.act(app, "add", 1);
      assertThat(page.driver().executeAsyncScript(script)).isEqualTo(true);
      long entries = page.entries();
      page.driver().navigate().refresh();
      String where = ofOneApp ? ".card" : "#problem";
      page.until(
          "a word about the damage",
          () ->
              page.driver()
                  .findElement(org.openqa.selenium.By.cssSelector(where))
                  .getText()
                  .contains("damaged"));
      assertThat(page.entries()).isGreaterThanOrEqualTo(entries);
    }
  }
}
