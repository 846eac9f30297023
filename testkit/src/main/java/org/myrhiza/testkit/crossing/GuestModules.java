// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.crossing;

import java.util.List;
import org.myrhiza.testkit.wasm.ModuleAssembler;
import org.myrhiza.wasm.abi.Flatten;
import org.myrhiza.wasm.abi.Layout;
import org.myrhiza.wasm.component.FunctionType;
import org.myrhiza.wasm.component.ValueType;
import org.myrhiza.wasm.engine.CoreSignature;
import org.myrhiza.wasm.engine.ValueKind;

/**
 * The core modules of a guest: one that owns the memory and its allocator, and one that hands on.
 *
 * <p>The allocator never gives memory back, moves what it is asked to resize, fills new blocks with
 * {@link #NEW} and left ones with {@link #LEFT}, and logs its arguments; so the memory after a call
 * tells every byte that was written and every block that was asked for, in order. A block of no
 * bytes is not logged but counted. What is moved stays at an even address, since a Latin-1 text
 * that came as UTF-16 is resized with an alignment of 1 and must have one of 2 to be read again.
 */
final class GuestModules {
  /** Where the dump says what it is: an address and a length. */
  private static final int DUMP = 8;

  /** Where the dump begins. */
  static final int FIRST = 16;

  /** How many blocks of some bytes were asked for. */
  static final int COUNT = FIRST;

  /** How many blocks of no bytes were asked for. */
  static final int ZEROS = 20;

  /** How often something returned by the guest was given back. */
  static final int POSTS = 24;

  /** Where the log begins. */
  static final int LOG = 64;

  /** Bytes of one entry: old address, old length, alignment, length. */
  static final int ENTRY = 16;

  /** Entries of the log; later calls are only counted. */
  static final int ENTRIES = 48;

  /** The first address of blocks; an odd one. */
  static final int HEAP = LOG + ENTRY * ENTRIES + 1;

  /** What a new block is filled with. */
  static final int NEW = 0xA5;

  /** What a block is filled with that was moved away from. */
  static final int LEFT = 0xEE;

  /** Bytes of a page. */
  static final int PAGE = 1 << 16;

  /** Pages of a guest that gives flawed values, which lie in the last one. */
  static final int FLAWED_PAGES = 2;

  private static final int PAGES = 1;
  private static final int MOST_PAGES = 256;

  private static final String REALLOC =
      """
      local.get=3 i32.eqz if
        i32.const=ZEROS i32.const=ZEROS i32.load=2,0 i32.const=1 i32.add i32.store=2,0
        local.get=0 local.get=2 local.get=0 select return
      end
      i32.const=COUNT i32.const=COUNT i32.load=2,0 i32.const=1 i32.add local.tee=4 i32.store=2,0
      local.get=4 i32.const=ENTRIES i32.le_u if
        local.get=4 i32.const=ENTRY i32.mul local.tee=4
        local.get=0 i32.store=2,BEFORE
        local.get=4 local.get=1 i32.store=2,BEFORE+4
        local.get=4 local.get=2 i32.store=2,BEFORE+8
        local.get=4 local.get=3 i32.store=2,BEFORE+12
      end
      local.get=0 i32.const=0 i32.ne local.get=2 i32.const=1 i32.eq i32.and if
        i32.const=2 local.set=2
      end
      global.get=0 local.get=2 i32.add i32.const=-1 i32.add
      i32.const=0 local.get=2 i32.sub i32.and local.tee=4
      local.get=3 i32.add local.tee=5 global.set=0
      local.get=5 i32.const=65535 i32.add i32.const=16 i32.shr_u memory.size i32.sub local.tee=5
      i32.const=0 i32.gt_s if
        local.get=5 memory.grow i32.const=-1 i32.eq if unreachable end
      end
      local.get=4 i32.const=NEW local.get=3 memory.fill
      local.get=0 if
        local.get=4 local.get=0
        local.get=1 local.get=3 local.get=1 local.get=3 i32.lt_u select memory.copy
        local.get=0 i32.const=LEFT local.get=1 memory.fill
      end
      local.get=4
      """;

  private GuestModules() {}

  /** The module with {@code memory}, {@code realloc}, {@code note} and {@code dump}. */
  static byte[] memory(List<Exchange> exchanges) {
    ModuleAssembler module = new ModuleAssembler();
    boolean flawed = exchanges.stream().anyMatch(each -> each.flawed() != null);
    module.memory(flawed ? FLAWED_PAGES : PAGES, MOST_PAGES);
    for (Exchange each : exchanges) {
      Flawed given = each.flawed();
      if (given != null) {
        module.data(given.address(), given.memory().toArray());
      }
    }
    module.global('i', true, "i32.const=" + HEAP);
    int before = LOG - ENTRY;
    String realloc =
        REALLOC
            .replace("ZEROS", "" + ZEROS)
            .replace("COUNT", "" + COUNT)
            .replace("ENTRIES", "" + ENTRIES)
            .replace("ENTRY", "" + ENTRY)
            .replace("BEFORE+12", "" + (before + 12))
            .replace("BEFORE+8", "" + (before + 8))
            .replace("BEFORE+4", "" + (before + 4))
            .replace("BEFORE", "" + before)
            .replace("NEW", "" + NEW)
            .replace("LEFT", "" + LEFT);
    module.exportFunction("realloc", module.function("iiii:i", "ii", realloc));
    String note =
        "i32.const=%d i32.const=%d i32.load=2,0 i32.const=1 i32.add i32.store=2,0"
            .formatted(POSTS, POSTS);
    module.exportFunction("note", module.function(":", "", note));
    String dump =
        """
        i32.const=%d i32.const=%d i32.store=2,0
        i32.const=%d global.get=0 i32.const=%d i32.sub i32.store=2,0 i32.const=%d
        """
            .formatted(DUMP, FIRST, DUMP + Layout.POINTER, FIRST, DUMP);
    module.exportFunction("dump", module.function(":i", "", dump));
    return module.export("memory", 2, 0).bytes();
  }

  /** The module whose {@code f0}, {@code f1} and so on hand on to {@code h0}, {@code h1}. */
  static byte[] passing(List<Exchange> exchanges) {
    ModuleAssembler module = new ModuleAssembler();
    for (int i = 0; i < exchanges.size(); i++) {
      module.importFunction("h", "h" + i, letters(Flatten.lowered(exchanges.get(i).type())));
    }
    int realloc = module.importFunction("a", "realloc", "iiii:i");
    int note = module.importFunction("a", "note", ":");
    for (int i = 0; i < exchanges.size(); i++) {
      FunctionType type = exchanges.get(i).type();
      CoreSignature lifted = Flatten.lifted(type);
      Flawed flawed = exchanges.get(i).flawed();
      String code =
          flawed == null
              ? code(type, i, lifted.params().size(), realloc)
              : code(type, i, flawed.flat());
      module.exportFunction("f" + i, module.function(letters(lifted), "i", code));
      if (exchanges.get(i).postReturn()) {
        String results = letters(new CoreSignature(lifted.results(), List.of()));
        module.exportFunction("p" + i, module.function(results, "", "call=" + note));
      }
    }
    return module.bytes();
  }

  private static String code(FunctionType type, int host, int params, int realloc) {
    StringBuilder code = new StringBuilder();
    ValueType result = type.result();
    Layout layout = result == null ? null : Layout.of(result);
    boolean spilled = layout != null && layout.flatCount() > Flatten.MAX_RESULTS;
    if (layout != null && spilled) {
      code.append("i32.const=0 i32.const=0 i32.const=").append(layout.alignment());
      code.append(" i32.const=").append(layout.size());
      code.append(" call=").append(realloc).append(" local.set=").append(params);
    }
    for (int i = 0; i < params; i++) {
      code.append(" local.get=").append(i);
    }
    String area = spilled ? " local.get=" + params : "";
    return code.append(area).append(" call=").append(host).append(area).toString();
  }

  private static String code(FunctionType type, int host, List<Long> flat) {
    boolean parameter = type.result() == null;
    CoreSignature signature = parameter ? Flatten.lowered(type) : Flatten.lifted(type);
    List<ValueKind> kinds = parameter ? signature.params() : signature.results();
    StringBuilder code = new StringBuilder();
    for (int i = 0; i < flat.size(); i++) {
      code.append(' ');
      switch (kinds.get(i)) {
        case I32 -> code.append("i32.const=").append(flat.get(i).intValue());
        case I64 -> code.append("i64.const=").append(flat.get(i));
        case F32 -> code.append("f32.const=").append(flat.get(i));
        case F64 -> code.append("f64.const=").append(flat.get(i));
      }
    }
    return parameter ? code + " call=" + host : code.toString();
  }

  private static String letters(CoreSignature signature) {
    StringBuilder out = new StringBuilder();
    signature.params().forEach(kind -> out.append(letter(kind)));
    out.append(':');
    signature.results().forEach(kind -> out.append(letter(kind)));
    return out.toString();
  }

  private static char letter(ValueKind kind) {
    return switch (kind) {
      case I32 -> 'i';
      case I64 -> 'l';
      case F32 -> 'f';
      case F64 -> 'd';
    };
  }
}
