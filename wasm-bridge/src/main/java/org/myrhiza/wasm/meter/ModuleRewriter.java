// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.meter;

import java.util.ArrayList;
import java.util.List;
import org.myrhiza.wasm.binary.ByteWriter;
import org.myrhiza.wasm.binary.WasmException;
import org.myrhiza.wasm.core.CoreModule;
import org.myrhiza.wasm.core.ExternType;
import org.myrhiza.wasm.core.FeatureSet;
import org.myrhiza.wasm.core.FunctionBody;
import org.myrhiza.wasm.core.FunctionType;
import org.myrhiza.wasm.core.GlobalDefinition;
import org.myrhiza.wasm.core.ModuleExport;
import org.myrhiza.wasm.core.ModuleImport;
import org.myrhiza.wasm.core.ValueType;

/**
 * Writes a module anew, section by section, with the accounts in front of its imports, thunks and
 * entries behind its functions and the image behind its exports. Custom sections are left out.
 * Without metering there are no accounts, thunks and entries.
 *
 * <p>Indices: globals move up by the two accounts; types move where modules share them; functions,
 * tables, memories and segments keep theirs.
 */
final class ModuleRewriter implements BodyRewriter.Space {
  /** The name under which a module's own memory is exported for its image. */
  static final String IMAGE_MEMORY = Accounts.RESERVED_PREFIX + "memory";

  private static final int ACCOUNTS = 2;
  private static final int EMPTY_BLOCK = -0x40;

  /** A value type as a block type is its code, read as a negative number of 7 bits. */
  private static final int ONE_RESULT_BIAS = 0x80;

  private static final int TAG_SECTION = 13;
  private static final int FUNCTION_KIND = 0;
  private static final int TABLE_KIND = 1;
  private static final int MEMORY_KIND = 2;
  private static final int GLOBAL_KIND = 3;
  private static final int TAG_KIND = 4;

  private final CoreModule module;
  private final boolean metered;
  private final int accounts;
  private final Thunks thunks;
  private final Entries entries;
  private final TypeTable types;
  private final List<ImageGlobal> imageGlobals = new ArrayList<>();
  private final List<ImageMemory> imageMemories = new ArrayList<>();
  private final SegmentWriter segments;

  ModuleRewriter(CoreModule module, List<FunctionType> sharedTypes, Metering metering) {
    this.module = module;
    this.metered = metering == Metering.ON;
    this.accounts = metered ? ACCOUNTS : 0;
    this.types = new TypeTable(module, sharedTypes, metering);
    this.thunks = metered ? Thunks.of(module) : Thunks.none(module);
    this.entries = metered ? Entries.of(module, thunks) : Entries.none(module, thunks);
    this.segments = new SegmentWriter(module, this, thunks, entries);
  }

  Rewritten rewrite() throws WasmException {
    ByteWriter code = codeSection();
    ByteWriter out = new ByteWriter();
    out.u8s(0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00);
    section(out, 1, typeSection(), types.all().size());
    section(out, 2, importSection(), module.imports().size() + accounts);
    section(out, 3, functionSection(), writtenFunctions());
    section(out, 4, tableSection(), module.tables().size() - module.importedTables());
    section(out, 5, memorySection(), module.memories().size() - module.importedMemories());
    section(out, TAG_SECTION, tagSection(), module.tagTypes().size() - module.importedTags());
    section(out, 6, globalSection(), module.globalDefinitions().size());
    ByteWriter exports = exportSection();
    int exported = module.exports().size() + imageGlobals.size() + imageMemories.size();
    section(out, 7, exports, exported);
    if (module.start() >= 0) {
      out.section(8, new ByteWriter().u32(entries.of(module.start())));
    }
    section(out, 9, segments.elementSection(), segments.elementCount());
    if (module.hasDataCount()) {
      out.section(12, new ByteWriter().u32(module.data().size()));
    }
    section(out, 10, code, writtenFunctions());
    section(out, 11, segments.dataSection(), module.data().size());
    return new Rewritten(module, out.toByteArray(), imageGlobals, imageMemories);
  }

  private static void section(ByteWriter out, int id, ByteWriter contents, int count) {
    if (count > 0) {
      out.section(id, contents);
    }
  }

  private int definedFunctions() {
    return module.functionCount() - module.importedFunctions();
  }

  private int writtenFunctions() {
    return definedFunctions() + thunks.count() + entries.count();
  }

  private ByteWriter typeSection() {
    ByteWriter out = new ByteWriter();
    out.u32(types.all().size());
    types.all().forEach(type -> writeType(out, type));
    return out;
  }

  private static void writeType(ByteWriter out, FunctionType type) {
    out.u8(0x60);
    writeValueTypes(out, type.params());
    writeValueTypes(out, type.results());
  }

  private static void writeValueTypes(ByteWriter out, List<ValueType> types) {
    out.u32(types.size());
    types.forEach(type -> out.u8(type.code()));
  }

  private ByteWriter importSection() {
    ByteWriter out = new ByteWriter();
    out.u32(module.imports().size() + accounts);
    if (metered) {
      writeAccount(out, Accounts.FUEL, ValueType.I64);
      writeAccount(out, Accounts.STACK, ValueType.I32);
    }
    int function = 0;
    int tag = 0;
    for (ModuleImport each : module.imports()) {
      out.name(each.module()).name(each.name());
      switch (each.type()) {
        case ExternType.Function _ ->
            out.u8(FUNCTION_KIND).u32(types.of(module.functionTypeIndex(function++)));
        case ExternType.Table table -> segments.writeTable(out.u8(TABLE_KIND), table);
        case ExternType.Memory memory -> segments.writeExtent(out.u8(MEMORY_KIND), memory.extent());
        case ExternType.Global global -> writeGlobalType(out.u8(GLOBAL_KIND), global);
        case ExternType.Tag _ -> out.u8s(TAG_KIND, 0).u32(types.of(module.tagTypes().get(tag++)));
      }
    }
    return out;
  }

  private static void writeAccount(ByteWriter out, String name, ValueType type) {
    out.name(Accounts.MODULE).name(name).u8(GLOBAL_KIND);
    writeGlobalType(out, new ExternType.Global(type, true));
  }

  private static void writeGlobalType(ByteWriter out, ExternType.Global global) {
    out.u8(global.type().code()).u8(global.mutable() ? 1 : 0);
  }

  private ByteWriter functionSection() {
    ByteWriter out = new ByteWriter();
    out.u32(writtenFunctions());
    for (int i = module.importedFunctions(); i < module.functionCount(); i++) {
      out.u32(functionType(module.functionTypeIndex(i)));
    }
    for (int i = 0; i < thunks.count(); i++) {
      out.u32(functionType(module.functionTypeIndex(thunks.target(i))));
    }
    for (int i = 0; i < entries.count(); i++) {
      out.u32(types.of(module.functionTypeIndex(entries.target(i))));
    }
    return out;
  }

  private ByteWriter tableSection() {
    ByteWriter out = new ByteWriter();
    int imported = module.importedTables();
    out.u32(module.tables().size() - imported);
    for (ExternType.Table table : module.tables().subList(imported, module.tables().size())) {
      segments.writeTable(out, table);
    }
    return out;
  }

  private ByteWriter memorySection() {
    ByteWriter out = new ByteWriter();
    int imported = module.importedMemories();
    out.u32(module.memories().size() - imported);
    for (ExternType.Memory each : module.memories().subList(imported, module.memories().size())) {
      segments.writeExtent(out, each.extent());
    }
    return out;
  }

  private ByteWriter tagSection() {
    ByteWriter out = new ByteWriter();
    int imported = module.importedTags();
    out.u32(module.tagTypes().size() - imported);
    for (int type : module.tagTypes().subList(imported, module.tagTypes().size())) {
      out.u8(0).u32(types.of(type));
    }
    return out;
  }

  private ByteWriter globalSection() {
    ByteWriter out = new ByteWriter();
    out.u32(module.globalDefinitions().size());
    for (GlobalDefinition each : module.globalDefinitions()) {
      writeGlobalType(out, each.type());
      segments.writeConstant(out, each.initial());
    }
    return out;
  }

  private ByteWriter exportSection() {
    ByteWriter image = imageExports();
    ByteWriter out = new ByteWriter();
    out.u32(module.exports().size() + imageGlobals.size() + imageMemories.size());
    for (ModuleExport each : module.exports()) {
      out.name(each.name());
      switch (each.type()) {
        case ExternType.Function _ -> out.u8(FUNCTION_KIND).u32(entries.of(each.index()));
        case ExternType.Table _ -> out.u8(TABLE_KIND).u32(each.index());
        case ExternType.Memory _ -> out.u8(MEMORY_KIND).u32(each.index());
        case ExternType.Global _ -> out.u8(GLOBAL_KIND).u32(global(each.index()));
        case ExternType.Tag _ -> out.u8(TAG_KIND).u32(each.index());
      }
    }
    return out.append(image);
  }

  private ByteWriter imageExports() {
    ByteWriter out = new ByteWriter();
    for (int i = module.importedGlobals(); i < module.globals().size(); i++) {
      ExternType.Global type = module.globals().get(i);
      if (type.mutable() && !type.type().isReference()) {
        ImageGlobal image = new ImageGlobal(Accounts.RESERVED_PREFIX + "global." + i, type.type());
        imageGlobals.add(image);
        out.name(image.exportName()).u8(GLOBAL_KIND).u32(global(i));
      }
    }
    for (int i = module.importedMemories(); i < module.memories().size(); i++) {
      int min = (int) module.memories().get(i).extent().min();
      String name = i == 0 ? IMAGE_MEMORY : IMAGE_MEMORY + "." + i;
      imageMemories.add(new ImageMemory(name, min, (int) maxPages(i)));
      out.name(name).u8(MEMORY_KIND).u32(i);
    }
    return out;
  }

  private ByteWriter codeSection() throws WasmException {
    ByteWriter out = new ByteWriter();
    out.u32(writtenFunctions());
    for (int i = 0; i < module.bodies().size(); i++) {
      int function = module.importedFunctions() + i;
      FunctionBody body = module.bodies().get(i);
      writeBody(out, function, module.operandHeight(i), module.array(), body);
    }
    for (int i = 0; i < thunks.count(); i++) {
      int target = thunks.target(i);
      byte[] source = thunks.body(target);
      FunctionBody body = new FunctionBody(List.of(), 0, 0, source.length);
      writeBody(out, target, thunks.operandHeight(target), source, body);
    }
    for (int i = 0; i < entries.count(); i++) {
      out.sized(entries.body(i));
    }
    return out;
  }

  private void writeBody(ByteWriter out, int function, int height, byte[] source, FunctionBody body)
      throws WasmException {
    if (!metered) {
      out.sized(InstructionCopy.body(this, source, body, module.featureSet()));
      return;
    }
    FunctionType type = module.functionType(function);
    BodyRewriter.Frame frame =
        new BodyRewriter.Frame(
            type.params().size(), height, blockType(type.results()), Convention.of(type.results()));
    ByteWriter rewritten =
        new BodyRewriter(this, frame, source, body, module.featureSet()).rewrite(body);
    if (module.featureSet() != FeatureSet.BRIDGE && rewritten.size() > Limits.BODY_BYTES) {
      throw WasmException.refused(
          body.from(),
          "bytes of a rewritten body (function " + function + ")",
          Integer.toString(rewritten.size()),
          "at most " + Limits.BODY_BYTES);
    }
    out.sized(rewritten);
  }

  /** The block type of a body: empty, one type, or the index of a type without parameters. */
  private long blockType(List<ValueType> results) {
    if (results.isEmpty()) {
      return EMPTY_BLOCK;
    }
    if (results.size() == 1) {
      return (long) results.getFirst().code() - ONE_RESULT_BIAS;
    }
    return types.need(new FunctionType(List.of(), results));
  }

  @Override
  public boolean isImport(int function) {
    return function < module.importedFunctions();
  }

  @Override
  public int reference(int function) {
    return metered && isImport(function) ? thunks.of(function) : function;
  }

  @Override
  public boolean movesTypes() {
    return types.isShared();
  }

  @Override
  public int type(int index) {
    return types.of(index);
  }

  @Override
  public int functionType(int index) {
    return types.ofFunctions(index);
  }

  @Override
  public Convention ofType(int index) {
    return Convention.of(module.types().get(index).results());
  }

  @Override
  public Convention ofFunction(int function) {
    return Convention.of(module.functionType(function).results());
  }

  @Override
  public int global(int index) {
    return index + accounts;
  }

  @Override
  public long maxPages(int memory) {
    var extent = module.memories().get(memory).extent();
    return extent.hasMax() ? extent.max() : org.myrhiza.wasm.core.Limits.ADDRESSABLE_PAGES;
  }
}
