// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.BundleId;
import org.myrhiza.sync.BundleFetch;
import org.myrhiza.sync.Limits;
import org.myrhiza.sync.Message;
import org.myrhiza.sync.Offence;

/** Bundles come chunk by chunk, from whoever has the right one. */
final class BundleFetchSuite {
  private static final BundleId BUNDLE = new BundleId(Bytes.zeros(32));
  private static final Bytes GOOD = Bytes.of(1, 2, 3, 4);

  private final FakeSyncPort port = new FakeSyncPort();
  private final List<Bytes> taken = new ArrayList<>();
  private final BundleFetch fetch =
      new BundleFetch(
          BUNDLE,
          port,
          () -> List.of(1L, 2L),
          _ ->
              file -> {
                if (!file.equals(GOOD)) {
                  return "another file";
                }
                taken.add(file);
                return null;
              });

  private void chunk(long link, int total, int offset, Bytes bytes) {
    fetch.onChunk(link, new Message.BundleChunk(BUNDLE, total, offset, bytes));
  }

  @Test
  void chunksAreAskedForOneAfterTheOther() {
    fetch.begin();
    assertEquals(List.of("1 WantBundle"), port.takeSent());
    chunk(1, 4, 0, Bytes.of(1, 2));
    assertEquals(List.of("1 WantBundle"), port.takeSent());
    chunk(1, 4, 2, Bytes.of(3, 4));
    assertEquals(List.of(GOOD), taken);
    assertEquals(List.of(), port.takeSent());
    chunk(1, 4, 0, Bytes.of(1, 2));
    assertEquals(1, taken.size());
  }

  @Test
  void aWrongFileIsChargedAndAskedOfTheNext() {
    fetch.begin();
    chunk(1, 4, 0, Bytes.of(1, 2, 3, 5));
    assertEquals(Offence.BAD_BUNDLE.points(), port.points(1));
    assertEquals(List.of("1 WantBundle", "2 WantBundle"), port.takeSent());
    chunk(2, 4, 0, GOOD);
    assertEquals(List.of(GOOD), taken);
    assertEquals(0, port.points(2));
  }

  @Test
  void aSilentPeerIsFollowedByTheNext() {
    fetch.begin();
    port.takeSent();
    port.pass(Limits.RETRY_MILLIS);
    assertEquals(List.of("2 WantBundle"), port.takeSent());
    chunk(1, 4, 0, GOOD);
    assertEquals(List.of(), taken);
    chunk(2, 4, 0, GOOD);
    assertEquals(List.of(GOOD), taken);
  }

  @Test
  void chunksBeyondTheEndAreCharged() {
    fetch.begin();
    chunk(1, 2, 0, GOOD);
    assertEquals(Offence.BAD_BUNDLE.points(), port.points(1));
    chunk(2, 4, 0, Bytes.EMPTY);
    assertEquals(Offence.BAD_BUNDLE.points(), port.points(2));
  }
}
