// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.myrhiza.testkit.Seeded;

/**
 * Files of a real store that are gone, cut, flipped or torn: whatever was acknowledged is there, or
 * the store is refused as damaged, at each opening anew. Prints how often which came of what.
 */
class StoreFaultsTest {
  private static final long SEED = 20_261_129;
  private static final int SOME_FLIPS = 12;
  private static final int MANY_FLIPS = 400;
  private static final int SOME_CUTS = 6;
  private static final int MANY_CUTS = 120;

  @TempDir private Path folder;

  private static void remove(Sweep sweep) throws IOException {
    for (String file : sweep.files()) {
      sweep.strike("removed " + Sweep.kind(file), file, store -> Files.delete(store.resolve(file)));
    }
  }

  private static void cut(Sweep sweep, int cuts) throws IOException {
    Seeded random = new Seeded(SEED).fork("cuts");
    for (String file : sweep.files()) {
      long size = sweep.size(file);
      for (int i = 0; i < cuts && size > 0; i++) {
        long length = i == 0 ? 0 : random.nextInt((int) size);
        sweep.strike(
            "cut " + Sweep.kind(file),
            file + " to " + length + " of " + size,
            store -> resize(store.resolve(file), length));
      }
    }
  }

  private static void flip(Sweep sweep, int flips) throws IOException {
    Seeded random = new Seeded(SEED).fork("flips");
    for (String file : sweep.files()) {
      int size = (int) sweep.size(file);
      for (int i = 0; i < flips && size > 0; i++) {
        int at = random.nextInt(size);
        int bit = 1 << random.nextInt(Byte.SIZE);
        sweep.strike(
            "flipped " + Sweep.kind(file),
            file + " at " + at + " of " + size + " by " + bit,
            store -> flip(store.resolve(file), at, bit));
      }
    }
  }

  private static void resize(Path file, long length) throws IOException {
    try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
      raw.setLength(length);
    }
  }

  private static void flip(Path file, int at, int bit) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[at] ^= (byte) bit;
    Files.write(file, bytes);
  }

  private void sweep(int cuts, int flips) throws Exception {
    Sweep sweep = new Sweep(folder, SEED);
    assertThat(sweep.files()).anyMatch(file -> file.endsWith(".sst"));
    assertThat(sweep.strike("untouched", "", store -> {})).isEqualTo(Sweep.Outcome.WHOLE);
    remove(sweep);
    cut(sweep, cuts);
    flip(sweep, flips);
    System.out.println("store faults, seed " + SEED + ":\n" + sweep.text());
    assertThat(sweep.silent()).as("seed %d", SEED).isEmpty();
    assertThat(sweep.faults())
        .containsAll(List.of("removed CURRENT", "cut #.log", "flipped MANIFEST-#"));
  }

  @Test
  void whateverIsMissingOfAStoreIsTold() throws Exception {
    sweep(SOME_CUTS, SOME_FLIPS);
  }

  @Test
  @Tag("nightly")
  void whateverIsMissingOfAStoreIsTold_manyTimes() throws Exception {
    sweep(MANY_CUTS, MANY_FLIPS);
  }
}
