// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.kernel.StoreEntry;
import org.myrhiza.kernel.Write;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.files.Folders;

/**
 * A store with tables and a log, of which every batch was acknowledged, and what becomes of it once
 * its files are no longer what they were.
 */
final class Sweep {
  private static final int BATCHES = 40;
  private static final int KEPT_KEYS = 64;
  private static final int VALUE_BYTES = 400;
  private static final Bytes END = Bytes.of(255, 255, 255, 255);

  /** How opening and reading a store came out. */
  enum Outcome {
    /** All that was acknowledged is there, as it was. */
    WHOLE,
    /** Refused as damaged. */
    TOLD,
    /** Refused for another reason. */
    REFUSED,
    /** Something is missing or different, and nothing was said. */
    SILENT
  }

  /** Does something to the files of a store. */
  interface Fault {
    void strike(Path store) throws IOException;
  }

  private final Path original;
  private final Path copy;
  private final TreeMap<Bytes, Bytes> model = new TreeMap<>();
  private final TreeMap<String, TreeMap<Outcome, Integer>> table = new TreeMap<>();
  private final List<String> silent = new ArrayList<>();

  /** Writes the store in a folder: three runs, so that there are tables of two and a log. */
  Sweep(Path folder, long seed) throws IOException, DataException {
    original = folder.resolve("original");
    copy = folder.resolve("copy");
    Seeded random = new Seeded(seed);
    for (int run = 0; run < 3; run++) {
      try (RocksStore store = RocksStore.open(original)) {
        for (int i = 0; i < BATCHES; i++) {
          store.persist(batch(random));
        }
      }
    }
  }

  private List<Write> batch(Seeded random) {
    List<Write> writes = new ArrayList<>();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      Bytes key = Bytes.of(random.nextInt(KEPT_KEYS), random.nextInt(4));
      if (random.chance(1, 8)) {
        model.remove(key);
        writes.add(new Write.Delete(key));
      } else {
        Bytes value = random.nextBytes(random.nextInt(VALUE_BYTES));
        model.put(key, value);
        writes.add(new Write.Put(key, value));
      }
    }
    return writes;
  }

  /** The names of its files. */
  List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(original)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** Bytes of one of its files. */
  long size(String file) throws IOException {
    return Files.size(original.resolve(file));
  }

  /** The kind of a file: its name without numbers. */
  static String kind(String file) {
    return file.replaceAll("[0-9]+", "#");
  }

  /** Strikes a copy, opens and reads it twice, and counts the worse of how that came out. */
  Outcome strike(String what, String where, Fault fault) throws IOException {
    Folders.delete(copy);
    Folders.copy(original, copy);
    fault.strike(copy);
    Outcome first = look();
    Outcome again = look();
    Outcome worse = first.compareTo(again) >= 0 ? first : again;
    table.computeIfAbsent(what, _ -> new TreeMap<>()).merge(worse, 1, Integer::sum);
    if (worse == Outcome.SILENT) {
      silent.add(what + " " + where + ": " + first + ", then " + again);
    }
    return worse;
  }

  private Outcome look() {
    try (RocksStore store = RocksStore.open(copy)) {
      List<StoreEntry> all = new ArrayList<>();
      Store.Page page = store.load(Bytes.EMPTY, END, 50);
      while (true) {
        all.addAll(page.entries());
        if (page.complete()) {
          break;
        }
        page = store.load(Bytes.concat(all.getLast().key(), Bytes.of(0)), END, 50);
      }
      List<StoreEntry> expected = new ArrayList<>();
      model.forEach((key, value) -> expected.add(new StoreEntry(key, value)));
      return all.equals(expected) ? Outcome.WHOLE : Outcome.SILENT;
    } catch (DataException told) {
      return told.kind() == DataException.Kind.DAMAGED ? Outcome.TOLD : Outcome.REFUSED;
    }
  }

  /** The kinds of faults that struck. */
  Set<String> faults() {
    return table.keySet();
  }

  /** What was missing without a word. */
  List<String> silent() {
    return List.copyOf(silent);
  }

  /** The table, a line for each kind of fault. */
  String text() {
    StringBuilder text = new StringBuilder();
    table.forEach(
        (what, counts) -> text.append("  ").append(what).append(" ").append(counts).append('\n'));
    return text.toString();
  }
}
