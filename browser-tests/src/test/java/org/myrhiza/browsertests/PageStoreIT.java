// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browsertests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.chrome.ChromeDriver;

/** The page's store by itself, in a browser: against a plain map, against damage, and upgraded. */
final class PageStoreIT {
  private static final int SOME_BATCHES = 40;
  private static final int MANY_BATCHES = 300;
  private static final int SEED = 7;
  private static final List<Integer> SEEDS = List.of(8, 9, 10, 11);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** The module over an empty database, and what the scripts below need of it. */
  private static final String STORE =
      """
      const [store, forms] = await Promise.all(
          ['store.js', 'packs.js'].map((name) => import(location.href.replace('store.js', name))));
      const asked = (request) => new Promise((good, bad) => {
        request.onsuccess = () => good(request.result);
        request.onerror = () => bad(request.error);
      });
      const open = () => new Promise((good, bad) => store.open(good, bad, bad));
      const hex = (bytes) => Array.from(bytes, (one) => (one & 255).toString(16).padStart(2, '0'))
          .join('');
      const bytes = (text) => Uint8Array.from(text.match(/../g) ?? [], (two) => parseInt(two, 16));
      const change = ([key, value, to]) => {
        const [first, second] = [bytes(key), bytes(to ?? value ?? '')];
        const told = to !== undefined ? -2 - second.length : value === null ? -1 : second.length;
        const all = new Uint8Array(6 + first.length + second.length);
        const view = new DataView(all.buffer);
        view.setInt16(0, first.length);
        view.setInt32(2, told);
        all.set(first, 6);
        all.set(second, 6 + first.length);
        return [...all];
      };
      const persist = (opened, changes) => new Promise((good, bad) =>
          store.persist(opened, Int8Array.from(changes.flatMap(change)), good, bad));
      const entries = (page) => Array.from({ length: store.pageSize(page) }, (_, i) =>
          [hex(store.pageKey(page, i)), hex(store.pageValue(page, i))]);
      const load = async (opened, from, to, limit) => {
        const all = [];
        for (let at = from; ; at = all[all.length - 1][0] + '00') {
          const page = await new Promise((good, bad) =>
              store.load(opened, store.range(bytes(at), bytes(to)), limit, good, bad));
          all.push(...entries(page));
          if (store.pageComplete(page)) {
            return all;
          }
        }
      };
      const read = async (opened, keys) => {
        const wanted = store.newKeys();
        keys.forEach((key) => store.addKey(wanted, Int8Array.from(bytes(key))));
        return entries(await new Promise((good, bad) => store.read(opened, wanted, good, bad)));
      };
      await asked(indexedDB.deleteDatabase('myrhiza'));
      """;

  /** Numbers that follow from a seed. */
  private static final String RANDOM =
      """
      let seed = SEED;
      const below = (bound) => {
        seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
        return Math.floor((seed / 4294967296) * bound);
      };
      const digits = (number, size) => number.toString(16).padStart(2 * size, '0');
      const group = (kind) => digits(kind, 1) + digits(below(2), 32);
      """;

  /** Keys that come in order, that count up, and any; many of each batch, few, or ranges. */
  private static final String MODEL =
      """
      const model = new Map();
      const last = new Map();
      const placed = (kind) => {
        const of = group(kind);
        const depth = below(8) === 0 ? below(4000) : (last.get(of) ?? 0) + 1;
        last.set(of, Math.max(depth, last.get(of) ?? 0));
        return of + digits(depth, 8) + digits(below(4), 16) + digits(below(2), 32);
      };
      const counted = () => {
        const of = group(5) + '006d';
        last.set(of, (last.get(of) ?? 0) + 1);
        return of + digits(below(8) === 0 ? below(last.get(of)) : last.get(of), 8);
      };
      const any = () => group(5) + '00' + digits(below(300), 2 + below(3));
      const some = () => [() => placed(3), () => placed(4), counted, any][below(4)]();
      const known = () => [...model.keys()][below(model.size)];
      const value = () => digits(below(65536), 2 + below(below(50) === 0 ? 9000 : 100));
      const points = () => {
        const made = new Map();
        for (let i = below(3) === 0 ? below(500) : below(8); i >= 0; i--) {
          const key = below(10) === 0 && model.size > 0 ? known() : some();
          made.set(key, below(12) === 0 ? null : value());
        }
        return [...made].sort(([a], [b]) => (a < b ? -1 : 1));
      };
      const range = () => {
        const [from, to] = [some(), some()].sort();
        const of = from.slice(0, 66);
        return below(3) === 0 ? [of, null, of + 'ff'] : [from, null, to];
      };
      const apply = ([key, written, to]) => {
        if (to !== undefined) {
          [...model.keys()].filter((one) => key <= one && one < to)
              .forEach((one) => model.delete(one));
        } else if (written === null) {
          model.delete(key);
        } else {
          model.set(key, written);
        }
      };
      const expected = (from, to) =>
          [...model].filter(([key]) => from <= key && key < to)
              .sort(([a], [b]) => (a < b ? -1 : 1));
      let opened = await open();
      let packs = 0;
      for (let batch = 0; batch < BATCHES; batch++) {
        const changes = points();
        if (below(25) === 0) {
          changes.push(range(), ...points());
        }
        await persist(opened, changes);
        changes.forEach(apply);
        packs = Math.max(packs, opened.directory.packs.length);
        if (below(40) === 0) {
          store.databaseOf(opened).close();
          opened = await open();
        }
        const [from, to] = below(20) === 0 ? ['00', '09'] : [some(), some()].sort();
        const wanted = [...new Set([some(), some(), ...(model.size > 0 ? [known(), known()] : [])])]
            .sort();
        const pairs = [
          [await load(opened, from, to, 1 + below(4096)), expected(from, to)],
          [
            await read(opened, wanted),
            expected('00', '09').filter(([key]) => wanted.includes(key)),
          ],
        ];
        for (const [got, right] of pairs) {
          if (JSON.stringify(got) !== JSON.stringify(right)) {
            const at = got.findIndex((one, i) => String(one) !== String(right[i]));
            return `batch ${batch}: ${got.length} for ${right.length}; ${got[at]} for ${right[at]}`;
          }
        }
      }
      store.databaseOf(opened).close();
      return packs > 4 ? 'same' : `only ${packs} packs`;
      """;

  /** A byte of each stored record in turn is flipped: some record is told, none is another. */
  private static final String DAMAGE =
      """
      const opened = await open();
      const written = Array.from({ length: 60 }, (_, i) =>
          [group(3).slice(0, 2) + digits(0, 32) + digits(i, 56), digits(below(1000), 100)]);
      written.push(['05' + digits(0, 32) + '0001', '0007'], ['01' + digits(0, 32), '0102']);
      await persist(opened, written.sort());
      const right = new Map(written);
      const told = [];
      for (const name of ['entries', 'packs']) {
        const all = (mode) =>
            store.databaseOf(opened).transaction(name, mode).objectStore(name);
        for (const key of await asked(all('readonly').getAllKeys())) {
          const good = await asked(all('readonly').get(key));
          for (let i = 0; i < TRIES; i++) {
            const bad = new Uint8Array(good.slice());
            bad[below(bad.length)] ^= 1 << below(8);
            await asked(all('readwrite').put(bad.buffer, key));
            const found = await load(opened, '00', '09', 4096);
            const wrong = found.filter(([at, is]) => is !== '' && is !== right.get(at));
            told.push(wrong.length === 0 && found.some(([, is]) => is === ''));
          }
          await asked(all('readwrite').put(good, key));
        }
      }
      store.databaseOf(opened).close();
      return told.length === 3 * TRIES && told.every((each) => each) ? 'told' : told.join();
      """;

  /** What format 1 had is there, and with a checksum. */
  private static final String UPGRADE =
      """
      const request = indexedDB.open('myrhiza', 1);
      request.onupgradeneeded = () => {
        const made = request.result.createObjectStore('entries');
        request.result.createObjectStore('keys').put('kept', 'name');
        made.put(bytes('0002').buffer, bytes('00').buffer);
        made.put(bytes('05').buffer, bytes('0301').buffer);
        made.put(bytes('010203').buffer, bytes('0302').buffer);
      };
      (await asked(request)).close();
      const opened = await open();
      const database = store.databaseOf(opened);
      const stored = database.transaction(['entries', 'keys']);
      const values = await asked(stored.objectStore('entries').getAll());
      const sizes = values.map((one) => one.byteLength);
      const kept = await asked(stored.objectStore('keys').get('name'));
      const found = await load(opened, '00', '09', 2);
      database.close();
      return JSON.stringify([sizes, kept, found]);
      """;

  @Test
  void batchesReadsAndRanges_areThoseOfAMap() throws Exception {
    likeAMap(List.of(SEED), SOME_BATCHES);
  }

  @Test
  @Tag("nightly")
  void batchesReadsAndRanges_manyOfThem_areThoseOfAMap() throws Exception {
    likeAMap(SEEDS, MANY_BATCHES);
  }

  private static void likeAMap(List<Integer> seeds, int batches) throws Exception {
    try (Stage stage = new Stage()) {
      ChromeDriver driver = atStore(stage);
      for (int seed : seeds) {
        String script = RANDOM.replace("SEED", "" + seed) + MODEL.replace("BATCHES", "" + batches);
        assertThat(run(driver, script)).as("seed %d", seed).isEqualTo("same");
      }
    }
  }

  @Test
  void flippedBytes_areTold_andOlderRecordsAreTakenOver() throws Exception {
    try (Stage stage = new Stage()) {
      ChromeDriver driver = atStore(stage);
      String damage = RANDOM.replace("SEED", "5") + DAMAGE.replace("TRIES", "40");
      assertThat(run(driver, damage)).isEqualTo("told");
      assertThat(run(driver, UPGRADE))
          .isEqualTo(
              "[[6,5,7],\"kept\",[[\"00\",\"0002\"],[\"0301\",\"05\"],[\"0302\",\"010203\"]]]");
    }
  }

  /** Opens the module itself as a text, where no page works with the database. */
  private static ChromeDriver atStore(Stage stage) throws Exception {
    ChromeDriver driver = stage.open("a").driver();
    Object page =
        driver.executeScript(
            "return performance.getEntriesByType('resource').map((entry) => entry.name)"
                + ".find((name) => name.endsWith('/page.js'));");
    driver.manage().timeouts().scriptTimeout(PATIENCE);
    driver.get(String.valueOf(page).replace("page.js", "store.js"));
    return driver;
  }

  private static Object run(ChromeDriver driver, String script) {
    return driver.executeAsyncScript(
        "const done = arguments[arguments.length - 1]; (async () => {"
            + STORE
            + script
            + "})().then(done, (error) => done(String(error?.stack ?? error)));");
  }
}
