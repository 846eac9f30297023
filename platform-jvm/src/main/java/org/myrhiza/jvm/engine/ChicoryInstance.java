// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.engine;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.types.Export;
import com.dylibso.chicory.wasm.types.ExportSection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.engine.CoreExtern;
import org.myrhiza.wasm.engine.CoreInstance;

/** An instance; its exports are wrapped once, when first asked for. */
final class ChicoryInstance implements CoreInstance {
  private final Instance instance;
  private final Tags tags;
  private final Map<String, Export> declared = new HashMap<>();
  private final Map<String, CoreExtern> wrapped = new HashMap<>();

  ChicoryInstance(Instance instance, Tags tags) {
    this.instance = instance;
    this.tags = tags;
    ExportSection section = instance.module().exportSection();
    for (int i = 0; i < section.exportCount(); i++) {
      Export e = section.getExport(i);
      declared.put(e.name(), e);
    }
  }

  @Override
  public @Nullable CoreExtern export(String name) {
    CoreExtern known = wrapped.get(name);
    if (known == null) {
      Export export = declared.get(name);
      if (export == null) {
        return null;
      }
      known = wrap(export);
      wrapped.put(name, known);
    }
    return known;
  }

  private CoreExtern wrap(Export export) {
    return switch (export.exportType()) {
      case FUNCTION -> new ChicoryExport(instance, export.index());
      case MEMORY -> new ChicoryMemory(TrackedMemory.of(instance.memory(export.index())));
      case TABLE -> new ChicoryTable(instance.table(export.index()));
      case GLOBAL -> new ChicoryGlobal(instance.global(export.index()));
      case TAG -> tags.tag(export.index());
    };
  }
}
