// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.metering;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.runtime.Instance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.myrhiza.jvm.metering.MeteredRun.Ended;
import org.myrhiza.jvm.metering.MeteredRun.Mode;
import org.myrhiza.testkit.json.Json;
import org.myrhiza.testkit.json.JsonValue;
import org.myrhiza.testkit.suite.Proves;
import org.myrhiza.testkit.vectors.VectorFiles;
import org.myrhiza.testkit.wasm.ModuleAssembler;
import org.myrhiza.testkit.wasm.Programs;
import org.myrhiza.wasm.meter.Accounts;

/** Rewritten modules mean what they meant, and cost the same on both of Chicory's engines. */
@Tag("slow")
class MeteredSemanticsTest {
  private static final long PLENTY = 1L << 30;
  private static final int MAX_SWEEP = 400;

  @TestFactory
  List<DynamicTest> meaningAndFuelAreEqualOnAllEngines() {
    List<DynamicTest> tests = new ArrayList<>();
    Programs.all()
        .forEach((name, source) -> tests.add(DynamicTest.dynamicTest(name, () -> compare(source))));
    return tests;
  }

  private static void compare(byte[] source) {
    MeteredRun plain = new MeteredRun(source, Mode.PLAIN);
    MeteredRun interpreted = new MeteredRun(source, Mode.INTERPRETED);
    MeteredRun compiled = new MeteredRun(source, Mode.COMPILED);
    for (int argument = -2; argument <= 12; argument++) {
      Ended wanted = plain.call(argument, PLENTY);
      Ended one = interpreted.call(argument, PLENTY);
      if (one.end().equals("OUT_OF_FUEL")) {
        assertThat(argument).as("growth by nearly 2^32 pages, which no budget pays").isIn(-2, -1);
        assertThat(source).isEqualTo(Programs.growth());
      } else {
        assertThat(one.meaning()).as("argument %s", argument).isEqualTo(wanted.meaning());
      }
      assertThat(compiled.call(argument, PLENTY)).as("argument %s", argument).isEqualTo(one);
      if (one.end().equals("returned")) {
        assertThat(one.stack()).isEqualTo(Accounts.STACK_EMPTY);
        assertThat(one.fuel()).isBetween(0L, PLENTY - 1);
      }
    }
  }

  @TestFactory
  List<DynamicTest> everyBudgetBelowTheCostIsOutOfFuelEverywhere() {
    List<DynamicTest> tests = new ArrayList<>();
    Programs.all()
        .forEach((name, source) -> tests.add(DynamicTest.dynamicTest(name, () -> sweep(source))));
    return tests;
  }

  private static void sweep(byte[] source) {
    MeteredRun interpreted = new MeteredRun(source, Mode.INTERPRETED);
    MeteredRun compiled = new MeteredRun(source, Mode.COMPILED);
    int argument = 2;
    Ended whole = interpreted.call(argument, PLENTY);
    if (!whole.end().equals("returned")) {
      argument = 0;
      whole = interpreted.call(argument, PLENTY);
    }
    assertThat(whole.end()).isEqualTo("returned");
    long cost = PLENTY - whole.fuel();
    Ended exact = interpreted.call(argument, cost);
    assertThat(exact.end()).isEqualTo("returned");
    assertThat(exact.fuel()).isZero();
    long step = Math.max(1, cost / MAX_SWEEP);
    for (long budget = cost - 1; budget >= 0; budget -= step) {
      Ended out = interpreted.call(argument, budget);
      assertThat(out.end()).as("budget %s of %s", budget, cost).isEqualTo("OUT_OF_FUEL");
      assertThat(compiled.call(argument, budget)).isEqualTo(out);
    }
  }

  /** The numbers were written down from another engine than the two that run here. */
  @Test
  @Proves({"METERING-5", "METERING-6"})
  void endValueAndFuelOfEachCall_areThePinnedOnes() {
    JsonValue vectors = Json.parse(VectorFiles.spec("metering/fuel.json"));
    long budget = vectors.at("budget").number();
    Map<String, byte[]> programs = Programs.all();
    for (Mode mode : List.of(Mode.INTERPRETED, Mode.COMPILED)) {
      Map<String, MeteredRun> runs = new TreeMap<>();
      programs.forEach((name, source) -> runs.put(name, new MeteredRun(source, mode)));
      for (JsonValue call : vectors.at("calls").items()) {
        int argument = (int) call.at("argument").number();
        String name = call.at("name").text();
        Ended ended = runs.get(name).call(argument, budget);
        boolean returned = ended.end().equals("returned");
        assertThat(ended.end()).as(name + argument).isEqualTo(call.at("end").text());
        assertThat(ended.value()).as(name + argument).isEqualTo(call.at("value").number());
        assertThat(returned ? budget - ended.fuel() : 0)
            .as(name + argument)
            .isEqualTo(call.at("fuel").number());
      }
    }
  }

  @Test
  void endlessLoop_endsOutOfFuel() {
    ModuleAssembler m = new ModuleAssembler();
    byte[] source =
        m.exportFunction("run", m.function("i:i", "", "loop br=0 end unreachable")).bytes();
    for (Mode mode : List.of(Mode.INTERPRETED, Mode.COMPILED)) {
      assertThat(new MeteredRun(source, mode).call(0, 100_000).end()).isEqualTo("OUT_OF_FUEL");
    }
  }

  /** Runs on a thread with the stack that guests get. */
  private static void onGuestThread(Runnable work) throws InterruptedException {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread thread = new Thread(null, work, "guest", 64L << 20);
    thread.setUncaughtExceptionHandler((failed, thrown) -> failure.set(thrown));
    thread.start();
    thread.join();
    assertThat(failure.get()).isNull();
  }

  @Test
  @Proves("METERING-3")
  void framesAndSlots_endAtTheExactLimit() throws InterruptedException {
    onGuestThread(MeteredSemanticsTest::checkDeepest);
  }

  private static void checkDeepest() {
    assertThat(deepest(0, 1)).isEqualTo(1_024);
    assertThat(deepest(100, 1)).isEqualTo(16_384 / (8 + 1 + 100 + 3));
    assertThat(deepest(512, 1)).isEqualTo(16_384 / (8 + 1 + 512 + 3));
    assertThat(deepest(512, 3)).isEqualTo(16_384 / (8 + 1 + 512 + 5));
  }

  /** How many frames of a function with so many locals and operands fit. */
  private static int deepest(int locals, int operands) {
    ModuleAssembler m = new ModuleAssembler();
    String push = "i32.const=0 ".repeat(operands);
    String drop = "drop ".repeat(operands);
    int run =
        m.function(
            "i:i",
            "i".repeat(locals),
            push
                + "local.get=0 if local.get=0 i32.const=1 i32.sub call=0 drop end "
                + drop
                + "i32.const=1");
    byte[] source = m.exportFunction("run", run).bytes();
    MeteredRun interpreted = new MeteredRun(source, Mode.INTERPRETED);
    MeteredRun compiled = new MeteredRun(source, Mode.COMPILED);
    int fits = 0;
    for (int low = 0, high = 2_048; low <= high; ) {
      int middle = (low + high) / 2;
      Ended one = interpreted.call(middle, PLENTY);
      assertThat(compiled.call(middle, PLENTY)).isEqualTo(one);
      if (one.end().equals("returned")) {
        fits = middle;
        low = middle + 1;
      } else {
        assertThat(one.end()).isEqualTo("OUT_OF_STACK");
        high = middle - 1;
      }
    }
    return fits + 1;
  }

  @Test
  void importCalls_needTheirSlots() throws InterruptedException {
    onGuestThread(MeteredSemanticsTest::checkImportSlots);
  }

  private static void checkImportSlots() {
    ModuleAssembler m = new ModuleAssembler();
    int host = m.importFunction("host", "call", "i:i");
    int run =
        m.function(
            "i:i",
            "i".repeat(30),
            "local.get=0 if=i local.get=0 i32.const=1 i32.sub call=1 else i32.const=5 call="
                + host
                + " end");
    byte[] source = m.exportFunction("run", run).bytes();
    int frame = 8 + 1 + 30 + 2;
    int deepest = Math.min((16_384 - 512) / frame, 1_024);
    for (Mode mode : List.of(Mode.INTERPRETED, Mode.COMPILED)) {
      MeteredRun each = new MeteredRun(source, mode);
      assertThat(each.call(deepest - 1, PLENTY).end()).isEqualTo("returned");
      assertThat(each.call(deepest, PLENTY).end()).isEqualTo("OUT_OF_STACK");
    }
  }

  @Test
  void growthThatTheHostRefusesBelowTheMaximum_isNoVerdict() {
    for (Mode mode : List.of(Mode.INTERPRETED, Mode.COMPILED)) {
      MeteredRun poor = new MeteredRun(Programs.growth(), mode).allowPages(4);
      assertThat(poor.call(1, PLENTY).end()).isEqualTo("returned");
      assertThat(poor.call(3, PLENTY).end()).isEqualTo("NO_MEMORY");
      assertThat(poor.call(7, PLENTY).end()).isEqualTo("NO_MEMORY");
      Ended beyond = poor.call(8, PLENTY);
      assertThat(beyond.end()).as("above the declared maximum it is -1").isEqualTo("returned");
      assertThat(beyond.value()).isEqualTo(-10_000 - 100 + 1);
    }
  }

  @Test
  @Proves({"METERING-4", "METERING-7"})
  void growthAndHostWork_costWhatTheTableSays() {
    MeteredRun growth = new MeteredRun(Programs.growth(), Mode.COMPILED);
    long none = PLENTY - growth.call(0, PLENTY).fuel();
    long two = PLENTY - growth.call(2, PLENTY).fuel();
    assertThat(two - none).isEqualTo(2 * 2 * 1_000);
    assertThat(none).isBetween(200_000L, 200_100L);
    MeteredRun bulk = new MeteredRun(Programs.bulk(), Mode.COMPILED);
    long short0 = PLENTY - bulk.call(0, PLENTY).fuel();
    long long0 = PLENTY - bulk.call(4_096, PLENTY).fuel();
    assertThat(long0 - short0).isEqualTo(2 * 4_096 / 8);
  }

  @Test
  void hostThatSpendsTheRest_endsTheGuestOutOfFuel() {
    for (Mode mode : List.of(Mode.INTERPRETED, Mode.COMPILED)) {
      MeteredRun each = new MeteredRun(Programs.hostCalls(), mode);
      long cost = PLENTY - each.call(3, PLENTY).fuel();
      Ended out = each.call(3, cost - MeteredRun.HOST_PRICE);
      assertThat(out.end()).isEqualTo("OUT_OF_FUEL");
      assertThat(out.hostCalls()).hasSize(6);
    }
  }

  @Test
  void imageExports_restoreAnInstance() {
    Instance instance = new MeteredRun(Programs.globals(), Mode.COMPILED).instance();
    var image = MeteredRun.metered(Programs.globals()).imageGlobals();
    assertThat(image).hasSize(2);
    long before = instance.exports().global(image.get(0).exportName()).getValue();
    assertThat(before).isZero();
    assertThat(instance.exports().global(image.get(1).exportName()).getValue()).isEqualTo(-5);
    assertThat(MeteredRun.metered(Programs.memory()).imageMemories())
        .singleElement()
        .satisfies(memory -> assertThat(memory.maxPages()).isEqualTo(2));
  }
}
