// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.wasm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.myrhiza.testkit.fuzz.MarkedRun;
import org.myrhiza.testkit.stack.TestEngine;
import org.myrhiza.testkit.stack.TestStack;
import org.myrhiza.testkit.wasm.ModuleAssembler;
import org.myrhiza.wasm.core.FeatureSet;
import org.myrhiza.wasm.engine.CoreFunction;
import org.myrhiza.wasm.engine.CoreGlobal;
import org.myrhiza.wasm.engine.CoreImport;
import org.myrhiza.wasm.engine.CoreInstance;
import org.myrhiza.wasm.engine.CoreMemory;
import org.myrhiza.wasm.engine.Engine;
import org.myrhiza.wasm.engine.Instantiation;
import org.myrhiza.wasm.engine.MemoryImage;
import org.myrhiza.wasm.engine.ModuleHash;
import org.myrhiza.wasm.engine.Slots;
import org.myrhiza.wasm.engine.ValueKind;
import org.myrhiza.wasm.meter.Accounts;
import org.myrhiza.wasm.meter.MarkedWrites;

/** Images that are put back are whole, also where an engine puts back only what was written. */
public final class RestoreSuite {
  private static final int SEEDS = 24;
  private static final long FUEL = 1_000_000;

  /** Made once per test. */
  public RestoreSuite() {}

  @Test
  void marks_tellAllThatACallWrote_andChangeNothingElse() {
    List<String> wrong = new ArrayList<>();
    for (long seed = 0; seed < SEEDS; seed++) {
      wrong.addAll(MarkedRun.marks(seed, TestStack.current().engine()));
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void image_isAllThereAfterEachEndOfACall() {
    List<String> wrong = new ArrayList<>();
    for (long seed = SEEDS; seed < 2 * SEEDS; seed++) {
      wrong.addAll(MarkedRun.restored(seed, TestStack.current().engine()));
    }
    assertEquals(List.of(), wrong);
  }

  private static CoreInstance instance(ModuleAssembler module, CoreImport... more) {
    TestEngine on = TestStack.current().engine();
    ModuleHash hash =
        on.prepare(Expect.rewritten(module.bytes(), FeatureSet.DETERMINISTIC).bytes());
    Engine engine = on.engine();
    List<CoreImport> imports = new ArrayList<>();
    CoreGlobal fuel = engine.hostGlobal(ValueKind.I64, FUEL);
    CoreGlobal stack = engine.hostGlobal(ValueKind.I32, Accounts.STACK_EMPTY);
    imports.add(new CoreImport(Accounts.MODULE, Accounts.FUEL, fuel));
    imports.add(new CoreImport(Accounts.MODULE, Accounts.STACK, stack));
    imports.addAll(List.of(more));
    return assertInstanceOf(Instantiation.Instantiated.class, engine.instantiate(hash, imports))
        .instance();
  }

  private static ModuleAssembler writer(ModuleAssembler module) {
    String code = "local.get=0 i64.const=-1 i64.store=0,4";
    return module.exportFunction("write", module.function("i:", "", code));
  }

  /** What is not zero after a write of 8 bytes and its being undone. */
  private static List<Integer> left(CoreMemory memory, CoreInstance writing, int address) {
    MemoryImage image = memory.image();
    CoreFunction write = assertInstanceOf(CoreFunction.class, writing.export("write"));
    write.call(Slots.holding(address - 4), Slots.NONE);
    assertEquals(-1L, memory.loadLong(address));
    assertTrue(memory.restore(image));
    List<Integer> left = new ArrayList<>();
    for (int at = address - 8; at < address + 16; at++) {
      if (memory.loadByte(at) != 0) {
        left.add(at);
      }
    }
    return left;
  }

  private static CoreMemory memory(CoreInstance instance) {
    return assertInstanceOf(CoreMemory.class, instance.export("memory"));
  }

  @Test
  void writeAcrossTheEndOfABlock_isUndone() {
    CoreInstance made = instance(writer(new ModuleAssembler().memory(1, 1)).export("memory", 2, 0));
    int block = 1 << MarkedWrites.blockBits(1);
    for (int before = 0; before <= Long.BYTES; before++) {
      assertEquals(List.of(), left(memory(made), made, 3 * block - before));
    }
  }

  @Test
  void writeByAnotherModule_isUndone() {
    CoreInstance made = instance(writer(new ModuleAssembler().memory(1, 2)).export("memory", 2, 0));
    ModuleAssembler other = new ModuleAssembler().importRaw("m", "memory", 2, 1, 1, 2);
    CoreInstance writing = instance(writer(other), new CoreImport("m", "memory", memory(made)));
    assertEquals(List.of(), left(memory(made), writing, 40_000));
    assertEquals(List.of(), left(memory(made), made, 50_000));
  }

  @Test
  void writeToAMemoryThatGrewAtItsStart_isUndone() {
    ModuleAssembler module = writer(new ModuleAssembler().memory(1, 3)).export("memory", 2, 0);
    module.start(module.function(":", "", "i32.const=2 memory.grow drop"));
    CoreInstance made = instance(module);
    assertEquals(3 * 65_536, memory(made).byteSize());
    for (int address : new int[] {2_048, 65_536, 150_000}) {
      assertEquals(List.of(), left(memory(made), made, address));
    }
  }

  @Test
  void blocks_areAtMostThirtyTwo_whateverTheSize() {
    for (int pages = 1; pages <= 1_024; pages++) {
      int size = pages << 16;
      int bits = MarkedWrites.blockBits(pages);
      int blocks = (size + (1 << bits) - 1) >>> bits;
      assertEquals(true, blocks > MarkedWrites.BLOCKS / 2 && blocks <= MarkedWrites.BLOCKS);
    }
    assertEquals(11, MarkedWrites.blockBits(1));
    assertEquals(16, MarkedWrites.blockBits(17));
  }

  /** Without an own memory, with an empty one, and with marks there is nothing to do. */
  @Test
  void moduleWithoutWhatToMark_staysAsItIs() {
    byte[] none = metered(new ModuleAssembler());
    assertSame(none, MarkedWrites.of(none));
    byte[] empty = metered(new ModuleAssembler().memory(0, 1));
    assertSame(empty, MarkedWrites.of(empty));
    byte[] idle = new ModuleAssembler().memory(1, 1).bytes();
    byte[] nobody = Expect.rewritten(idle, FeatureSet.DETERMINISTIC).bytes();
    assertSame(nobody, MarkedWrites.of(nobody));
    byte[] marked = MarkedWrites.of(metered(new ModuleAssembler().memory(1, 1)));
    assertSame(marked, MarkedWrites.of(marked));
    byte[] unmetered = new ModuleAssembler().memory(1, 1).bytes();
    assertArrayEquals(unmetered, MarkedWrites.of(unmetered));
  }

  private static byte[] metered(ModuleAssembler module) {
    module.function(":", "", "");
    return Expect.rewritten(module.bytes(), FeatureSet.DETERMINISTIC).bytes();
  }
}
