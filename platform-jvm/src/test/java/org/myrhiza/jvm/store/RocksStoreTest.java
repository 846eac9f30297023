// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.kernel.StoreEntry;
import org.myrhiza.kernel.Write;
import org.myrhiza.testkit.Seeded;

class RocksStoreTest {
  private static final Bytes FIRST = Bytes.EMPTY;
  private static final Bytes LAST = Bytes.of(255, 255, 255, 255);

  @TempDir private Path folder;

  private RocksStore open() throws DataException {
    return RocksStore.open(folder.resolve("store"));
  }

  private static List<StoreEntry> all(Store store) throws DataException {
    return store.load(FIRST, LAST, 10_000).entries();
  }

  private static Write put(Bytes key, int value) {
    return new Write.Put(key, Bytes.of(value));
  }

  @Test
  void keysAreInUnsignedOrder() throws Exception {
    try (RocksStore store = open()) {
      store.persist(
          List.of(
              put(Bytes.of(0x80), 1),
              put(Bytes.of(0x7f, 0xff), 2),
              put(Bytes.of(0), 3),
              put(Bytes.of(0x7f), 4),
              put(Bytes.of(0xff), 5)));
      assertThat(all(store))
          .extracting(StoreEntry::key)
          .containsExactly(
              Bytes.of(0), Bytes.of(0x7f), Bytes.of(0x7f, 0xff), Bytes.of(0x80), Bytes.of(0xff));
    }
  }

  @Test
  void aPageEndsAtItsLimitAndBeforeTheEnd() throws Exception {
    try (RocksStore store = open()) {
      store.persist(List.of(put(Bytes.of(1), 1), put(Bytes.of(2), 2), put(Bytes.of(3), 3)));
      Store.Page page = store.load(Bytes.of(1), Bytes.of(3), 1);
      assertThat(page.entries()).extracting(StoreEntry::key).containsExactly(Bytes.of(1));
      assertThat(page.complete()).isFalse();
      assertThat(store.load(Bytes.of(1), Bytes.of(3), 2).complete()).isTrue();
      assertThat(store.load(Bytes.of(4), LAST, 1)).isEqualTo(new Store.Page(List.of(), true));
    }
  }

  @Test
  void largeEntriesComeInPiecesAndAtLeastOne() throws Exception {
    Bytes large = Bytes.adopt(new byte[Limits.PAGE_BYTES + 1]);
    try (RocksStore store = open()) {
      store.persist(List.of(new Write.Put(Bytes.of(1), large), new Write.Put(Bytes.of(2), large)));
      Store.Page page = store.load(FIRST, LAST, 10);
      assertThat(page.entries()).hasSize(1);
      assertThat(page.complete()).isFalse();
    }
  }

  @Test
  void writesOfABatchApplyInOrder() throws Exception {
    try (RocksStore store = open()) {
      store.persist(
          List.of(
              put(Bytes.of(1), 1),
              put(Bytes.of(2), 2),
              new Write.DeleteRange(Bytes.of(1), Bytes.of(2)),
              put(Bytes.of(1, 1), 3),
              new Write.Delete(Bytes.of(2)),
              put(Bytes.of(2), 4)));
      assertThat(all(store))
          .containsExactly(
              new StoreEntry(Bytes.of(1, 1), Bytes.of(3)),
              new StoreEntry(Bytes.of(2), Bytes.of(4)));
    }
  }

  @Test
  void whatWasPersistedIsThereAfterReopening() throws Exception {
    Seeded random = new Seeded(42);
    TreeMap<Bytes, Bytes> model = new TreeMap<>();
    for (int round = 0; round < 5; round++) {
      try (RocksStore store = open()) {
        List<Write> writes = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
          Bytes key = random.nextBytes(1 + random.nextInt(3));
          if (random.chance(1, 4)) {
            model.remove(key);
            writes.add(new Write.Delete(key));
          } else {
            Bytes value = random.nextBytes(random.nextInt(40));
            model.put(key, value);
            writes.add(new Write.Put(key, value));
          }
        }
        store.persist(writes);
      }
      try (RocksStore store = open()) {
        assertThat(all(store))
            .as("seed 42, round %d", round)
            .isEqualTo(
                model.entrySet().stream()
                    .map(each -> new StoreEntry(each.getKey(), each.getValue()))
                    .toList());
      }
    }
  }

  @Test
  void aSecondOpeningIsRefused() throws Exception {
    try (RocksStore store = open()) {
      assertThat(catchThrowableOfType(DataException.class, this::open).kind())
          .isEqualTo(DataException.Kind.DENIED);
      assertThat(all(store)).isEmpty();
    }
  }

  private Path newestLog() throws Exception {
    try (Stream<Path> files = Files.list(folder.resolve("store"))) {
      return files.filter(file -> file.toString().endsWith(".log")).sorted().toList().getLast();
    }
  }

  private void writeThree() throws Exception {
    try (RocksStore store = open()) {
      for (int i = 1; i <= 3; i++) {
        store.persist(List.of(new Write.Put(Bytes.of(i), Bytes.zeros(100))));
      }
    }
  }

  @Test
  void aFlippedBitInTheLogIsTold_andNothingAfterItForgotten() throws Exception {
    writeThree();
    byte[] log = Files.readAllBytes(newestLog());
    for (int at : new int[] {log.length / 2, log.length - 1}) {
      byte[] flipped = log.clone();
      flipped[at] ^= 1;
      Files.write(newestLog(), flipped);
      assertThat(catchThrowableOfType(DataException.class, this::open).kind())
          .as("bit %d of %d", at, log.length)
          .isEqualTo(DataException.Kind.DAMAGED);
    }
    Files.write(newestLog(), log);
    try (RocksStore store = open()) {
      assertThat(all(store)).hasSize(3);
    }
  }

  /** As a crash leaves it: the record was never confirmed. */
  @Test
  void anUnfinishedLastRecordIsDropped() throws Exception {
    writeThree();
    byte[] log = Files.readAllBytes(newestLog());
    Files.write(newestLog(), java.util.Arrays.copyOf(log, log.length - 5));
    Files.delete(folder.resolve("store/confirmed"));
    try (RocksStore store = open()) {
      assertThat(all(store)).extracting(StoreEntry::key).containsExactly(Bytes.of(1), Bytes.of(2));
    }
  }

  @Test
  void aMissingTableIsTold() throws Exception {
    writeThree();
    open().close();
    try (Stream<Path> files = Files.list(folder.resolve("store"))) {
      for (Path table : files.filter(file -> file.toString().endsWith(".sst")).toList()) {
        Files.delete(table);
      }
    }
    assertThat(catchThrowableOfType(DataException.class, this::open).kind())
        .isEqualTo(DataException.Kind.DAMAGED);
  }

  @Test
  void aMissingManifestIsTold() throws Exception {
    writeThree();
    Files.writeString(folder.resolve("store/CURRENT"), "MANIFEST-999999\n");
    assertThat(catchThrowableOfType(DataException.class, this::open).kind())
        .isEqualTo(DataException.Kind.DAMAGED);
  }

  @Test
  void damagedFilesAreTold() throws Exception {
    open().close();
    try (Stream<Path> files = Files.list(folder.resolve("store"))) {
      for (Path file :
          files.filter(f -> f.getFileName().toString().startsWith("MANIFEST")).toList()) {
        Files.write(file, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16});
      }
    }
    assertThat(catchThrowableOfType(DataException.class, this::open).kind())
        .isEqualTo(DataException.Kind.DAMAGED);
  }
}
