// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.instance;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.event.Event;
import org.myrhiza.event.EventId;
import org.myrhiza.event.EventKind;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.log.Authoring;
import org.myrhiza.log.Chain;
import org.myrhiza.log.Log;
import org.myrhiza.log.LogEntry;
import org.myrhiza.state.StoreWrite;

/**
 * What was signed here, in a topic, under the present instance key and former ones. Only what this
 * store has a record of counts: the same keys may have signed in a copy of it.
 */
final class OwnChains {
  private final Log log;
  private final TreeMap<PublicKey, Own> chains = new TreeMap<>();
  private long apps;

  /** One key's events: whose payload may have to be proposed again, and the last of them. */
  private static final class Own {
    final BitSet open = new BitSet();
    int signed;
    long lastSeq;
    Optional<EventId> last = Optional.empty();
  }

  OwnChains(Log log) {
    this.log = log;
  }

  /** Takes note of an event that was signed just now, and returns the record to write with it. */
  StoreWrite signedNow(Event event) {
    OwnRecords.Signed signed = OwnRecords.Signed.now(event);
    add(signed, event.header().kind());
    return OwnRecords.stored(log.topic(), signed);
  }

  /** Takes a record of the store, whose event must be in the log. */
  Decoded<EventId> restore(Bytes key, Bytes value) {
    return OwnRecords.read(key, value)
        .then(signed -> {
          LogEntry entry = log.get(signed.id());
          if (entry == null
              || !entry.signer().equals(signed.key())
              || entry.seq() != signed.seq()) {
            return Decoded.bad("own event", 0, signed.id().text(), "in the log, as it was signed");
          }
          add(signed, entry.kind());
          return Decoded.ok(signed.id());
        });
  }

  private void add(OwnRecords.Signed signed, EventKind kind) {
    apps += kind == EventKind.APP ? 1 : 0;
    Own own = chains.computeIfAbsent(signed.key(), any -> new Own());
    own.signed++;
    if (!signed.isSettled()) {
      own.open.set((int) signed.seq());
    }
    if (signed.seq() > own.lastSeq) {
      own.lastSeq = signed.seq();
      own.last = Optional.of(signed.id());
    }
  }

  /** Whether something may have to be done about an event, should it not be kept. */
  boolean isOpen(LogEntry entry) {
    Own own = chains.get(entry.signer());
    return own != null && own.open.get((int) entry.seq());
  }

  /** Nothing is left to be done about an event; returns the record that says so. */
  StoreWrite settle(LogEntry entry) {
    Own own = chains.get(entry.signer());
    if (own != null) {
      own.open.clear((int) entry.seq());
    }
    return OwnRecords.stored(log.topic(), OwnRecords.Signed.settled(entry));
  }

  /** How many app events were signed here. */
  long apps() {
    return apps;
  }

  /** The keys that signed here. */
  Set<PublicKey> keys() {
    return chains.keySet();
  }

  /** Whether a key signed here. */
  boolean signed(PublicKey key) {
    return chains.containsKey(key);
  }

  /** Whether the log holds events of a key that were not signed here, or another fork of it. */
  boolean isElsewhere(PublicKey key) {
    Chain chain = log.chain(key);
    Own own = chains.get(key);
    return chain != null && (chain.forked() || chain.length() != (own == null ? 0 : own.signed));
  }

  /**
   * App events that were signed here under a key that forked, and that are not kept: ascending by
   * seq. Who acknowledged an event acknowledged those before it, so the first kept one ends the
   * search.
   */
  List<LogEntry> lost() {
    List<LogEntry> lost = new ArrayList<>();
    chains.forEach((key, own) -> {
      Chain chain = log.chain(key);
      if (chain != null && chain.forked() && log.author(key) instanceof Authoring.OwnFork) {
        lost.addAll(lost(own, chain));
      }
    });
    return lost;
  }

  private List<LogEntry> lost(Own own, Chain chain) {
    List<LogEntry> lost = new ArrayList<>();
    Optional<EventId> at = own.last;
    while (at.isPresent()) {
      LogEntry entry = log.get(at.get());
      if (entry == null || log.isKept(entry.id())) {
        break;
      }
      if (entry.kind() == EventKind.APP && own.open.get((int) entry.seq())) {
        lost.addFirst(entry);
      }
      at = chain.before(entry.id());
    }
    return lost;
  }
}
