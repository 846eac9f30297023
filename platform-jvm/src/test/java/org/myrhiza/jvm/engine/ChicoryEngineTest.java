// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.wasm.types.MemoryLimits;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.myrhiza.wasm.engine.Instantiation;
import org.myrhiza.wasm.engine.ModuleHash;
import org.myrhiza.wasm.link.StackProbe;

/** What is Chicory's own: the stack, the cache, the memory that tracks writes. */
final class ChicoryEngineTest {
  private static final int PAGE = 65_536;
  private static final byte[] EMPTY_MODULE = {0, 0x61, 0x73, 0x6d, 1, 0, 0, 0};

  private static <T> T onStack(long bytes, Supplier<T> work) throws InterruptedException {
    AtomicReference<T> result = new AtomicReference<>();
    Thread thread = new Thread(null, () -> result.set(work.get()), "probe", bytes);
    thread.start();
    thread.join();
    return result.get();
  }

  @Test
  void probe_onTheStackThatGuestsAreGiven_isSufficient() throws InterruptedException {
    for (ChicoryEngine engine : List.of(ChicoryEngine.compiled(), ChicoryEngine.interpreted())) {
      assertThat(onStack(ChicoryEngine.STACK_BYTES, engine::probe))
          .as(engine.name())
          .isEqualTo(new StackProbe.Finding.Sufficient());
    }
  }

  @Test
  void probe_onASmallStack_isInsufficientAndSaysSo() throws InterruptedException {
    assertThat(onStack(256 * 1024L, ChicoryEngine.interpreted()::probe))
        .isInstanceOf(StackProbe.Finding.Insufficient.class);
  }

  @Test
  void instantiate_codeThatIsNotPrepared_fails() {
    assertThat(ChicoryEngine.compiled().instantiate(new ModuleHash("0".repeat(64)), List.of()))
        .isInstanceOf(Instantiation.Failed.class);
  }

  @Test
  void prepare_moreThanTheCacheHolds_forgetsTheOldest() {
    ChicoryEngine engine = ChicoryEngine.interpreted();
    for (int i = 0; i <= ChicoryEngine.CACHED_MODULES; i++) {
      engine.prepare(new ModuleHash("%064x".formatted(i)), EMPTY_MODULE);
    }
    assertThat(engine.isPrepared(new ModuleHash("%064x".formatted(0)))).isFalse();
    assertThat(engine.isPrepared(new ModuleHash("%064x".formatted(1)))).isTrue();
  }

  @Test
  void restoreImage_afterAnyWrites_equalsTheImage() {
    long seed = 99;
    Random random = new Random(seed);
    TrackedMemory memory = new TrackedMemory(new MemoryLimits(2, 4));
    byte[] data = new byte[5_000];
    random.nextBytes(data);
    memory.write(3_000, data, 0, data.length);
    memory.takeImage();
    byte[] image = memory.readBytes(0, 2 * PAGE);
    for (int round = 0; round < 300; round++) {
      for (int i = random.nextInt(8); i >= 0; i--) {
        write(memory, random, data);
      }
      assertThat(memory.restoreImage()).isTrue();
      assertThat(memory.readBytes(0, 2 * PAGE))
          .as("seed %s round %s", seed, round)
          .isEqualTo(image);
    }
    memory.grow(1);
    assertThat(memory.restoreImage()).isFalse();
  }

  private static void write(TrackedMemory memory, Random random, byte[] data) {
    int at = random.nextInt(2 * PAGE - data.length);
    switch (random.nextInt(8)) {
      case 0 -> memory.writeByte(at, (byte) 7);
      case 1 -> memory.writeShort(at | 1_023, (short) 0x1234);
      case 2 -> memory.writeI32(at | 1_022, -1);
      case 3 -> memory.writeLong(at | 1_017, -1);
      case 4 -> memory.fill((byte) 3, at, at + random.nextInt(data.length));
      case 5 -> memory.copy(at, random.nextInt(PAGE), random.nextInt(data.length));
      case 6 -> memory.write(at, data, 0, random.nextInt(data.length));
      default -> memory.writeF64(at, 0.5);
    }
  }
}
