// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.core;

import java.util.HashSet;
import java.util.Set;
import org.myrhiza.wasm.binary.ByteReader;
import org.myrhiza.wasm.binary.WasmException;

/**
 * Reads the sections of a module (core specification, section 5.5) into {@link ModuleParts}.
 * Indices that name something already read are checked here, all else by the validator.
 */
final class ModuleDecoder {
  private static final int MAGIC = 0x6D73_6100;
  private static final int VERSION = 1;
  private static final int COMPONENT_LAYER = 0x0001_000D;
  private static final int CUSTOM = 0;
  private static final int TAG = 13;

  /** Places of the sections 0 to 13 in their prescribed order: 12 before 10, 13 before 6. */
  private static final int[] RANK = {0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 12, 13, 11, 6};

  private static final String[] NAMES = {
    "custom",
    "type",
    "import",
    "function",
    "table",
    "memory",
    "global",
    "export",
    "start",
    "element",
    "code",
    "data",
    "data count",
    "tag"
  };

  private final ByteReader in;
  private final FeatureSet set;
  private final Limits limits;
  private final ModuleParts parts;

  private ModuleDecoder(byte[] array, int from, int to, FeatureSet set) {
    this.in = new ByteReader(array, from, to);
    this.set = set;
    this.limits = Limits.of(set);
    this.parts = new ModuleParts(array, from, to);
  }

  static ModuleParts decode(byte[] array, int from, int to, FeatureSet set) throws WasmException {
    int bytes = to - from;
    int most = Limits.of(set).moduleBytes();
    if (bytes > most) {
      throw WasmException.refused(
          from, "bytes of a module", Integer.toString(bytes), "at most " + most);
    }
    ModuleDecoder decoder = new ModuleDecoder(array, from, to, set);
    decoder.readHeader();
    decoder.readSections();
    return decoder.parts;
  }

  private void readHeader() throws WasmException {
    int at = in.offset();
    if (in.fixed32("magic number") != MAGIC) {
      throw WasmException.malformed(at, "magic number", "other bytes", "\\0asm");
    }
    int version = in.fixed32("version");
    if (version == COMPONENT_LAYER) {
      throw WasmException.malformed(at + 4, "version", "a component", "a core module");
    }
    if (version != VERSION) {
      throw WasmException.malformed(at + 4, "version", Integer.toUnsignedString(version), "1");
    }
  }

  private void readSections() throws WasmException {
    int lastRank = 0;
    while (!in.atEnd()) {
      int at = in.offset();
      int id = in.u8("section");
      if (id == TAG) {
        useExceptions(at);
      }
      if (id >= RANK.length) {
        throw WasmException.malformed(at, "section", Integer.toString(id), "0 to 13");
      }
      int length = in.index("size of section");
      ByteReader section = in.sub(length, NAMES[id] + " section");
      if (id == CUSTOM) {
        section.name("name of custom section", Limits.NAME_BYTES);
        continue;
      }
      if (RANK[id] <= lastRank) {
        throw WasmException.malformed(
            at, "section", NAMES[id], "each section once, in the prescribed order");
      }
      lastRank = RANK[id];
      readSection(id, section);
      section.expectEnd(NAMES[id] + " section");
    }
    checkCounts();
  }

  private void readSection(int id, ByteReader section) throws WasmException {
    SegmentDecoder segments = new SegmentDecoder(section, set, parts);
    switch (id) {
      case 1 -> readTypes(section);
      case 2 -> readImports(section);
      case 3 -> readFunctions(section);
      case 4 -> readTables(section);
      case 5 -> readMemories(section);
      case 6 -> readGlobals(section, segments);
      case 7 -> readExports(section);
      case 8 -> readStart(section);
      case 9 -> segments.readElements();
      case 10 -> segments.readCode();
      case 11 -> segments.readData();
      case 12 -> parts.dataCount = section.index("data count");
      case TAG -> readTags(section);
      default -> throw new IllegalStateException("section " + id);
    }
  }

  private void checkCounts() throws WasmException {
    int defined = parts.functionTypes.size() - parts.importedFunctions;
    if (parts.bodies.size() != defined) {
      throw WasmException.malformed(
          in.offset(), "number of bodies", Integer.toString(parts.bodies.size()), "" + defined);
    }
    if (parts.dataCount >= 0 && parts.dataCount != parts.data.size()) {
      throw WasmException.malformed(
          in.offset(),
          "data count",
          Integer.toString(parts.dataCount),
          "the " + parts.data.size() + " data segments there are");
    }
  }

  private void readTypes(ByteReader section) throws WasmException {
    int count = section.count("types", limits.types());
    for (int i = 0; i < count; i++) {
      parts.types.add(TypeReader.function(section, set));
    }
  }

  private void readImports(ByteReader section) throws WasmException {
    int count = section.count("imports", limits.entities());
    for (int i = 0; i < count; i++) {
      int at = section.offset();
      String module = section.name("module name", Limits.NAME_BYTES);
      String name = section.name("import name", Limits.NAME_BYTES);
      Policy.checkImportNames(module, name, at, set);
      parts.imports.add(new ModuleImport(module, name, readImported(section), at));
    }
  }

  private ExternType readImported(ByteReader section) throws WasmException {
    int at = section.offset();
    int kind = section.u8("kind of import");
    return switch (kind) {
      case 0 -> {
        addFunction(section);
        parts.importedFunctions++;
        yield new ExternType.Function(parts.types.get(parts.functionTypes.getLast()));
      }
      case 1 -> {
        addTable(section);
        parts.importedTables++;
        yield parts.tables.getLast();
      }
      case 2 -> {
        addMemory(section);
        parts.importedMemories++;
        yield parts.memories.getLast();
      }
      case 3 -> {
        ExternType.Global type = addGlobal(section);
        Policy.checkImportedGlobal(type, at, set);
        yield type;
      }
      case 4 -> {
        useExceptions(at);
        addTag(section);
        parts.importedTags++;
        yield new ExternType.Tag(parts.types.get(parts.tagTypes.getLast()));
      }
      default ->
          throw WasmException.malformed(at, "kind of import", Integer.toString(kind), "0 to 4");
    };
  }

  private void readFunctions(ByteReader section) throws WasmException {
    int count = section.count("functions", limits.functions());
    for (int i = 0; i < count; i++) {
      addFunction(section);
    }
  }

  private void addFunction(ByteReader section) throws WasmException {
    int at = section.offset();
    int type = indexBelow(section, "type index", parts.types.size());
    checkRoom(at, "functions", parts.functionTypes.size(), limits.functions());
    parts.functionTypes.add(type);
  }

  private void readTables(ByteReader section) throws WasmException {
    int count = section.count("tables", limits.tables());
    for (int i = 0; i < count; i++) {
      addTable(section);
    }
  }

  private void addTable(ByteReader section) throws WasmException {
    checkRoom(section.offset(), "tables", parts.tables.size(), limits.tables());
    parts.tables.add(TypeReader.table(section, set));
  }

  private void readMemories(ByteReader section) throws WasmException {
    int count = section.count("memories", limits.entities());
    for (int i = 0; i < count; i++) {
      addMemory(section);
    }
  }

  private void addMemory(ByteReader section) throws WasmException {
    int at = section.offset();
    if (!parts.memories.isEmpty() && set != FeatureSet.BRIDGE) {
      throw CoreFeature.MULTI_MEMORY.at(at);
    }
    checkRoom(at, "memories", parts.memories.size(), Limits.MEMORIES);
    parts.memories.add(TypeReader.memory(section, set));
  }

  private void useExceptions(int at) throws WasmException {
    if (set != FeatureSet.BRIDGE) {
      throw CoreFeature.EXCEPTIONS.at(at);
    }
    parts.useExceptions(at);
  }

  private void readTags(ByteReader section) throws WasmException {
    int count = section.count("tags", limits.entities());
    for (int i = 0; i < count; i++) {
      addTag(section);
    }
  }

  private void addTag(ByteReader section) throws WasmException {
    int at = section.offset();
    int attribute = section.u8("attribute of a tag");
    if (attribute != 0) {
      throw WasmException.malformed(at, "attribute of a tag", Integer.toString(attribute), "0");
    }
    int type = indexBelow(section, "type index", parts.types.size());
    checkRoom(at, "tags", parts.tagTypes.size(), limits.entities());
    if (!parts.types.get(type).results().isEmpty()) {
      throw WasmException.invalid(at, "type of a tag", parts.types.get(type) + "", "no results");
    }
    parts.tagTypes.add(type);
  }

  private void readGlobals(ByteReader section, SegmentDecoder segments) throws WasmException {
    int count = section.count("globals", limits.globals());
    for (int i = 0; i < count; i++) {
      ExternType.Global type = addGlobal(section);
      parts.globalDefinitions.add(new GlobalDefinition(type, segments.readConstant()));
    }
  }

  private ExternType.Global addGlobal(ByteReader section) throws WasmException {
    checkRoom(section.offset(), "globals", parts.globals.size(), limits.globals());
    ExternType.Global type = TypeReader.global(section, set);
    parts.globals.add(type);
    return type;
  }

  private void readExports(ByteReader section) throws WasmException {
    int count = section.count("exports", limits.entities());
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < count; i++) {
      int at = section.offset();
      String name = section.name("export name", Limits.NAME_BYTES);
      if (!seen.add(name)) {
        throw WasmException.invalid(at, "export name", name, "a name not exported before");
      }
      parts.exports.add(readExported(section, name, at));
    }
  }

  private ModuleExport readExported(ByteReader section, String name, int at) throws WasmException {
    int kindAt = section.offset();
    int kind = section.u8("kind of export");
    return switch (kind) {
      case 0 -> {
        int index = indexBelow(section, "function index", parts.functionTypes.size());
        FunctionType type = parts.types.get(parts.functionTypes.get(index));
        yield new ModuleExport(name, new ExternType.Function(type), index, at);
      }
      case 1 -> {
        int index = indexBelow(section, "table index", parts.tables.size());
        yield new ModuleExport(name, parts.tables.get(index), index, at);
      }
      case 2 -> {
        int index = indexBelow(section, "memory index", parts.memories.size());
        yield new ModuleExport(name, parts.memories.get(index), index, at);
      }
      case 3 -> {
        int index = indexBelow(section, "global index", parts.globals.size());
        yield new ModuleExport(name, parts.globals.get(index), index, at);
      }
      case 4 -> {
        useExceptions(kindAt);
        int index = indexBelow(section, "tag index", parts.tagTypes.size());
        FunctionType type = parts.types.get(parts.tagTypes.get(index));
        yield new ModuleExport(name, new ExternType.Tag(type), index, at);
      }
      default ->
          throw WasmException.malformed(kindAt, "kind of export", Integer.toString(kind), "0 to 4");
    };
  }

  private void readStart(ByteReader section) throws WasmException {
    parts.startOffset = section.offset();
    parts.start = indexBelow(section, "function index", parts.functionTypes.size());
  }

  static int indexBelow(ByteReader section, String what, int size) throws WasmException {
    int at = section.offset();
    int index = section.u32(what);
    if (index < 0 || index >= size) {
      throw WasmException.invalid(at, what, Integer.toUnsignedString(index), "below " + size);
    }
    return index;
  }

  private static void checkRoom(int at, String what, int have, int max) throws WasmException {
    if (have >= max) {
      throw WasmException.refused(
          at, "number of " + what, Integer.toString(have + 1), "at most " + max);
    }
  }
}
