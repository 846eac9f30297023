// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.guest;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.capability.Profile;
import org.myrhiza.hash.Blake3;
import org.myrhiza.identity.SignatureVerifier;
import org.myrhiza.wasm.engine.Engine;
import org.myrhiza.wasm.engine.ModuleHash;
import org.myrhiza.wasm.link.Blueprint;
import org.myrhiza.wasm.meter.Rewritten;

/** Admitted components, independent of an engine. Made by {@link Guests#admit}. */
public final class Program {
  private final SortedMap<Profile, Blueprint> blueprints;
  private final TreeMap<Profile, List<ModuleHash>> hashes = new TreeMap<>();
  private final List<CoreCode> modules = new ArrayList<>();

  Program(SortedMap<Profile, Blueprint> blueprints) {
    this.blueprints = blueprints;
    TreeSet<Bytes> seen = new TreeSet<>();
    blueprints.forEach((profile, blueprint) -> {
      List<ModuleHash> names = new ArrayList<>();
      for (Rewritten m : blueprint.modules()) {
        Bytes code = Bytes.copyOf(m.bytes());
        Bytes hash = Blake3.hash(code);
        names.add(new ModuleHash(hash.toHex()));
        if (seen.add(hash)) {
          modules.add(new CoreCode(hash, code));
        }
      }
      hashes.put(profile, List.copyOf(names));
    });
  }

  /** All rewritten core modules, each once; the engine must have prepared them before a call. */
  public List<CoreCode> modules() {
    return List.copyOf(modules);
  }

  /**
   * Opens the program on an engine. Cheap: nothing is instantiated before the first call.
   *
   * @param engine where it runs
   * @param verifier for the guest's {@code verify-signature}
   */
  public Guest open(Engine engine, SignatureVerifier verifier) {
    return new Guest(this, engine, verifier);
  }

  @Nullable Blueprint blueprint(Profile profile) {
    return blueprints.get(profile);
  }

  List<ModuleHash> hashes(Profile profile) {
    return hashes.getOrDefault(profile, List.of());
  }
}
