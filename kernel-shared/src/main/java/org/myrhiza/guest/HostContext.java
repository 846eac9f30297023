// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.guest;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.state.PassedLimit;
import org.myrhiza.state.StateEntry;
import org.myrhiza.state.StateReader;
import org.myrhiza.state.StateWriter;

/** What the call that runs now can reach; host functions look here. */
final class HostContext {
  private static final byte[] ZEROS = new byte[32];

  /** A state that holds nothing, for calls before a topic exists. */
  static final StateReader NO_STATE =
      new StateReader() {
        @Override
        public @Nullable Bytes get(Bytes key) {
          return null;
        }

        @Override
        public List<StateEntry> scan(Bytes start, @Nullable Bytes end, int limit) {
          return List.of();
        }

        @Override
        public @Nullable PassedLimit passed() {
          return null;
        }
      };

  private static final SelfFacts NOBODY = new SelfFacts(Bytes.copyOf(ZEROS), Bytes.copyOf(ZEROS));

  private StateReader reader = NO_STATE;
  private @Nullable StateWriter writer;
  private @Nullable BooleanSupplier forked;
  private TopicFacts topic = TopicFacts.creating(NOBODY);
  private SelfFacts self = NOBODY;
  private GuestLog log = GuestLog.NONE;

  void enter(ApplyHost host) {
    reader = host.reader();
    writer = host.writer();
    forked = host.forked();
    topic = host.topic();
    self = NOBODY;
    log = host.log();
  }

  void enter(ReadHost host) {
    reader = host.reader();
    writer = null;
    forked = null;
    topic = host.topic();
    self = host.self();
    log = host.log();
  }

  /** Forgets the call, so that nothing of it stays reachable. */
  void leave() {
    reader = NO_STATE;
    writer = null;
    forked = null;
    log = GuestLog.NONE;
  }

  StateReader reader() {
    return reader;
  }

  @Nullable StateWriter writer() {
    return writer;
  }

  /** Whether the event's key forked, null when no event is applied. */
  @Nullable BooleanSupplier forked() {
    return forked;
  }

  TopicFacts topic() {
    return topic;
  }

  SelfFacts self() {
    return self;
  }

  GuestLog log() {
    return log;
  }
}
