// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.guest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.capability.Profile;
import org.myrhiza.guest.Admission;
import org.myrhiza.guest.ApplyHost;
import org.myrhiza.guest.ApplyOutcome;
import org.myrhiza.guest.CoreCode;
import org.myrhiza.guest.Guest;
import org.myrhiza.guest.GuestEvent;
import org.myrhiza.guest.GuestLog;
import org.myrhiza.guest.Guests;
import org.myrhiza.guest.ProfileComponent;
import org.myrhiza.guest.TopicFacts;
import org.myrhiza.state.PassedLimit;
import org.myrhiza.state.StateEntry;
import org.myrhiza.state.StateReader;
import org.myrhiza.state.StateWriter;
import org.myrhiza.testkit.stack.TestEngine;
import org.myrhiza.wasm.engine.ModuleHash;

/** A guest on an engine with a plain map for its state. */
final class Guested implements StateReader, StateWriter {
  static final Bytes FOUNDER = filled(7);
  static final Bytes OTHER = filled(9);
  static final TopicFacts TOPIC = new TopicFacts(filled(1), FOUNDER, "Trial");

  static final List<String> ALL_IMPORTS =
      List.of(
          "myrhiza:kernel/author@0.1.0",
          "myrhiza:kernel/hash@0.1.0",
          "myrhiza:kernel/log@0.1.0",
          "myrhiza:kernel/self@0.1.0",
          "myrhiza:kernel/state-read@0.1.0",
          "myrhiza:kernel/state-write@0.1.0",
          "myrhiza:kernel/topic@0.1.0",
          "myrhiza:kernel/verify-signature@0.1.0");

  final TreeMap<Bytes, Bytes> entries = new TreeMap<>();
  final Guest guest;

  private Guested(Guest guest) {
    this.guest = guest;
  }

  static Bytes filled(int value) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) value);
    return Bytes.adopt(bytes);
  }

  static ProfileComponent of(String path, Profile profile, Bytes component) {
    return new ProfileComponent(path, profile, component, ALL_IMPORTS);
  }

  /** Admits, prepares and opens. */
  static Guested open(TestEngine engine, ProfileComponent... components) {
    Admission admission = Guests.admit(List.of(components));
    if (!(admission instanceof Admission.Admitted admitted)) {
      throw new AssertionError(admission.toString());
    }
    for (CoreCode code : admitted.program().modules()) {
      ModuleHash hash = new ModuleHash(code.hash().toHex());
      engine.prepare(hash, code.code().toArray());
    }
    return new Guested(admitted.program().open(engine.engine(), (key, message, sig) -> true));
  }

  ApplyOutcome apply(int tag, Bytes body, long fuel) {
    GuestEvent event = new GuestEvent(filled(3), OTHER, filled(8), 1_000, 0, tag, body);
    return guest.apply(new ApplyHost(this, this, () -> false, TOPIC, GuestLog.NONE), event, fuel);
  }

  @Override
  public @Nullable Bytes get(Bytes key) {
    return entries.get(key);
  }

  @Override
  public List<StateEntry> scan(Bytes start, @Nullable Bytes end, int limit) {
    List<StateEntry> out = new ArrayList<>();
    for (Map.Entry<Bytes, Bytes> e : entries.tailMap(start).entrySet()) {
      if (out.size() == limit || (end != null && e.getKey().compareTo(end) >= 0)) {
        break;
      }
      out.add(new StateEntry(e.getKey(), e.getValue()));
    }
    return out;
  }

  @Override
  public @Nullable PassedLimit passed() {
    return null;
  }

  @Override
  public boolean put(Bytes key, Bytes value) {
    entries.put(key, value);
    return true;
  }

  @Override
  public boolean delete(Bytes key) {
    entries.remove(key);
    return true;
  }
}
