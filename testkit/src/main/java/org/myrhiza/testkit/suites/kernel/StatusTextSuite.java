// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.BundleId;
import org.myrhiza.event.TopicId;
import org.myrhiza.instance.EventCounts;
import org.myrhiza.instance.InstanceStatus;
import org.myrhiza.instance.StatusText;
import org.myrhiza.instance.SyncState;

/** A status in words. */
final class StatusTextSuite {
  private static InstanceStatus status(long events, SyncState sync, long toCome) {
    Bytes id = Bytes.zeros(32);
    return new InstanceStatus(
        new TopicId(id),
        "name",
        new BundleId(id),
        "app",
        id,
        new EventCounts(events, 0, 0, 0, 0, 0),
        1,
        sync,
        toCome,
        "");
  }

  @Test
  void whatIsToCome_isShownWhileSyncing() {
    assertEquals(
        "1 peer, 3200 events, 0 pending, syncing 3,200 of 10,000, digest 000000000000",
        StatusText.line(status(3_200, SyncState.SYNCING, 6_800)));
    assertEquals("0 of 999", StatusText.progress(0, 999));
    assertEquals("999 of 1,000", StatusText.progress(999, 1_000));
    assertEquals("1 of 2,147,483,648", StatusText.progress(1, 1L << 31));
  }

  @Test
  void nothingIsShownWhenNobodySaidOrAllIsThere() {
    assertEquals(
        "1 peer, 1 event, 0 pending, syncing, digest 000000000000",
        StatusText.line(status(1, SyncState.SYNCING, 0)));
    assertFalse(StatusText.line(status(1, SyncState.SYNCED, 7)).contains(" of "));
    assertFalse(status(1, SyncState.STOPPED, 7).hasProgress());
  }
}
