// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.hash.Blake3;
import org.myrhiza.testkit.wasm.ComponentBytes;
import org.myrhiza.testkit.wasm.ModuleAssembler;
import org.myrhiza.wasm.binary.ByteWriter;
import org.myrhiza.wasm.binary.WasmException;
import org.myrhiza.wasm.core.FeatureSet;
import org.myrhiza.wasm.engine.ModuleHash;
import org.myrhiza.wasm.link.Blueprint;
import org.myrhiza.wasm.link.CallResult;
import org.myrhiza.wasm.link.ExportedFunction;
import org.myrhiza.wasm.link.Linker;
import org.myrhiza.wasm.link.Session;
import org.myrhiza.wasm.value.Value;

/** Guests run interpreted at once, and compiled when the compiler has done its work. */
final class CompiledSoonTest {
  private static final long BUDGET = 10_000;
  private static final int RESULT_U32 = 0x79;

  /** A component whose {@code run} counts to a hundred in a global, and returns it. */
  private static Blueprint counting() throws WasmException {
    ModuleAssembler m = new ModuleAssembler();
    int count = m.global('i', true, "i32.const=0");
    String code =
        """
        loop=-64
          global.get=%1$d i32.const=1 i32.add global.set=%1$d
          global.get=%1$d i32.const=100 i32.lt_u br_if=0
        end
        global.get=%1$d
        """
            .formatted(count);
    m.exportFunction("run", m.function(":i", "", code));
    ComponentBytes out = new ComponentBytes().whole(ComponentBytes.CORE_MODULE, m.bytes());
    out.item(ComponentBytes.CORE_INSTANCE, 0, 0, 0);
    out.item(ComponentBytes.ALIAS, new ByteWriter().u8s(0, 0, 1, 0).name("run"));
    out.item(ComponentBytes.TYPE, 0x40, 0, 0, RESULT_U32);
    out.item(ComponentBytes.CANON, 0, 0, 0, 0, 0);
    out.item(ComponentBytes.EXPORT, ComponentBytes.export("run", 1, 0));
    return Linker.link(out.toByteArray(), FeatureSet.DETERMINISTIC).orThrow();
  }

  private static void onGuestStack(Runnable work) throws InterruptedException {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread thread = new Thread(null, work, "guests", ChicoryEngine.STACK_BYTES);
    thread.setUncaughtExceptionHandler((t, why) -> thrown.set(why));
    thread.start();
    thread.join();
    assertThat(thrown.get()).isNull();
  }

  @Test
  void prepareSoon_sameResultAndFuelBeforeAndAfterTheCompiler() throws Exception {
    Blueprint blueprint = counting();
    byte[] code = blueprint.modules().getFirst().bytes();
    ModuleHash hash = new ModuleHash(Blake3.hash(Bytes.copyOf(code)).toHex());
    ChicoryEngine engine = ChicoryEngine.compiled();
    List<Runnable> compiler = new ArrayList<>();
    List<String> slow = new ArrayList<>();
    assertThat(engine.prepareSoon(hash, code, compiler::add, slow::add))
        .isEqualTo(new Preparation.Prepared(false));
    assertThat(engine.prepareSoon(hash, code, compiler::add, slow::add))
        .isEqualTo(new Preparation.Prepared(false));
    assertThat(compiler).hasSize(1);
    Session session = Session.open(blueprint, List.of(hash), engine, function -> null).orThrow();
    ExportedFunction run = blueprint.export("run");
    List<CallResult> results = new ArrayList<>();
    onGuestStack(() -> results.add(session.call(run, new Value[0], BUDGET)));
    assertThat(engine.edition()).isZero();
    onGuestStack(compiler.getFirst());
    assertThat(slow).isEmpty();
    assertThat(engine.edition()).isEqualTo(1);
    assertThat(engine.prepareSoon(hash, code, compiler::add, slow::add))
        .isEqualTo(new Preparation.Prepared(true));
    onGuestStack(() -> results.add(session.call(run, new Value[0], BUDGET)));
    onGuestStack(() -> results.add(session.call(run, new Value[0], BUDGET)));
    assertThat(results.getFirst())
        .isInstanceOfSatisfying(
            CallResult.Returned.class,
            returned -> assertThat(returned.value()).isEqualTo(new Value.Int32(100)));
    assertThat(results).containsOnly(results.getFirst()).hasSize(3);
  }

  @Test
  void prepareSoon_withoutTheStackForIt_staysInterpretedAndSaysWhy() throws Exception {
    byte[] code = counting().modules().getFirst().bytes();
    ModuleHash hash = new ModuleHash("0".repeat(64));
    ChicoryEngine engine = ChicoryEngine.compiled();
    List<String> slow = new ArrayList<>();
    List<Runnable> compiler = new ArrayList<>();
    engine.prepareSoon(hash, code, compiler::add, slow::add);
    Thread small = new Thread(null, compiler.getFirst(), "small", 256 * 1024L);
    small.start();
    small.join();
    assertThat(slow).singleElement().asString().contains("apps run slowly", "stack");
    assertThat(engine.edition()).isZero();
    assertThat(engine.isPrepared(hash)).isTrue();
  }
}
