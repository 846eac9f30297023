// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.instance;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.event.AppPayload;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventKind;
import org.myrhiza.log.Log;
import org.myrhiza.log.LogEntry;
import org.myrhiza.log.LogRecords;
import org.myrhiza.replay.Replay;
import org.myrhiza.replay.ReplayRecords;
import org.myrhiza.replay.Verdict;

/** Makes the rows of {@code app log}. */
final class LogRows {
  private LogRows() {}

  /** Which records of the store rows need: of events and verdicts that are not in memory. */
  static List<Bytes> unread(List<LogEntry> entries, Log log, Replay replay) {
    List<Bytes> keys = new ArrayList<>();
    for (LogEntry entry : entries) {
      if (entry.kind() == EventKind.APP && log.event(entry.id()) == null) {
        keys.add(LogRecords.key(log.topic(), entry.place()));
      }
      if (replay.verdict(entry.id()) == null) {
        keys.add(ReplayRecords.key(log.topic(), entry.place()));
      }
    }
    return keys;
  }

  static LogRow row(LogEntry entry, @Nullable Event event, @Nullable Verdict verdict) {
    return new LogRow(
        entry.id(),
        entry.principal(),
        entry.signer(),
        entry.seq(),
        entry.depth(),
        entry.clock(),
        new LogRow.Content(kind(entry.kind()), tag(event)),
        word(verdict),
        verdict == null ? "" : Author.reason(verdict));
  }

  private static String kind(EventKind kind) {
    return switch (kind) {
      case APP -> "app";
      case GENESIS -> "genesis";
      case JOIN -> "join";
      case FENCE -> "fence";
      case ADMIT -> "admit";
      case UPGRADE -> "upgrade";
      case ANCHOR_POLICY -> "anchor-policy";
      case SEAL -> "seal";
    };
  }

  private static int tag(@Nullable Event event) {
    if (event == null || event.header().kind() != EventKind.APP) {
      return 0;
    }
    return AppPayload.decode(event.payload()) instanceof Decoded.Ok<AppPayload> ok
        ? ok.value().tag()
        : 0;
  }

  private static String word(@Nullable Verdict verdict) {
    if (verdict == null) {
      return "waiting";
    }
    return switch (verdict.kind()) {
      case ACCEPTED -> "accepted";
      case REJECTED -> "rejected";
      case TRAPPED -> "trapped";
      case OUT_OF_FUEL -> "out-of-fuel";
      case NOT_APPLIED -> "none";
    };
  }
}
