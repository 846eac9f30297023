// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.engine;

import com.dylibso.chicory.runtime.ImportTag;
import com.dylibso.chicory.runtime.TagInstance;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.Import;
import com.dylibso.chicory.wasm.types.TagImport;
import java.util.ArrayList;
import java.util.List;
import org.myrhiza.wasm.engine.CoreImport;

/**
 * The tags of one instance, in the order of their indices; all are imported, see {@link Mended}.
 */
final class Tags {
  private final List<ChicoryTag> tags = new ArrayList<>();
  private final List<ImportTag> imports = new ArrayList<>();

  private Tags() {}

  /** The tags that a module wants: those given, and new ones for what it makes itself. */
  static Tags of(WasmModule module, List<CoreImport> given) {
    Tags all = new Tags();
    for (int i = 0; i < module.importSection().importCount(); i++) {
      Import each = module.importSection().getImport(i);
      if (each instanceof TagImport wanted) {
        FunctionType carried = module.typeSection().getType(wanted.tagType().typeIdx());
        TagInstance instance = ChicoryTag.imported(wanted.tagType(), carried);
        all.tags.add(find(wanted, given));
        all.imports.add(new ImportTag(wanted.module(), wanted.name(), instance));
      }
    }
    return all;
  }

  private static ChicoryTag find(TagImport wanted, List<CoreImport> given) {
    for (CoreImport each : given) {
      boolean meant = each.module().equals(wanted.module()) && each.name().equals(wanted.name());
      if (meant && each.value() instanceof ChicoryTag tag) {
        return tag;
      }
    }
    return new ChicoryTag();
  }

  ImportTag[] imports() {
    return imports.toArray(ImportTag[]::new);
  }

  /** The tag at an index. */
  ChicoryTag tag(int index) {
    return tags.get(index);
  }

  /** To be called once the instance is there. */
  void settle() {
    for (int i = 0; i < tags.size(); i++) {
      tags.get(i).settle(imports.get(i).tag());
    }
  }
}
