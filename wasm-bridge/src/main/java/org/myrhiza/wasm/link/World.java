// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.link;

import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.binary.WasmException;
import org.myrhiza.wasm.engine.Engine;

/** What is around an instance: the engine, the account, and what the host gave for its imports. */
final class World {
  private final Engine engine;
  private final Account account;
  private final TreeMap<String, HostBody> bodies = new TreeMap<>();
  private final TreeMap<String, IntConsumer> destructors = new TreeMap<>();

  private World(Engine engine, boolean metered) {
    this.engine = engine;
    this.account = new Account(engine, metered);
  }

  /** Asks the binder for everything that the component calls. */
  static World of(Blueprint blueprint, Engine engine, HostBinder binder) throws WasmException {
    World world = new World(engine, blueprint.isMetered());
    for (Bridge bridge : blueprint.bridges()) {
      if (bridge instanceof Bridge.Lowered l && l.function() instanceof Entity.Imported i) {
        world.bind(i.function(), binder);
      }
    }
    for (Bridges.Resource each : blueprint.resources()) {
      ImportedResource imported = each.imported();
      if (imported != null) {
        IntConsumer destructor = binder.destructor(imported);
        if (destructor == null) {
          throw unlinkable(
              imported.instance(), imported.name(), "imported resource type", "one of that name");
        }
        world.destructors.put(key(imported.instance(), imported.name()), destructor);
      }
    }
    return world;
  }

  private void bind(ImportedFunction f, HostBinder binder) throws WasmException {
    @Nullable HostBody body = binder.bind(f);
    if (body == null) {
      throw unlinkable(f.instance(), f.name(), "imported function", "" + f.type());
    }
    bodies.put(key(f.instance(), f.name()), body);
  }

  private static WasmException unlinkable(String instance, String name, String what, String seen) {
    return WasmException.unlinkable(instance, name, what, seen, "a known one");
  }

  private static String key(String instance, String name) {
    return instance + "#" + name;
  }

  Engine engine() {
    return engine;
  }

  Account account() {
    return account;
  }

  HostBody body(ImportedFunction function) {
    HostBody body = bodies.get(key(function.instance(), function.name()));
    if (body == null) {
      throw new IllegalStateException("no body for " + function);
    }
    return body;
  }

  IntConsumer destructor(ImportedResource resource) {
    IntConsumer destructor = destructors.get(key(resource.instance(), resource.name()));
    if (destructor == null) {
      throw new IllegalStateException("no destructor for " + resource);
    }
    return destructor;
  }
}
