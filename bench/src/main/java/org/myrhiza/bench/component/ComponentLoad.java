// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bench.component;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.binary.ByteWriter;
import org.myrhiza.wasm.component.ComponentDecoder;
import org.myrhiza.wasm.component.ComponentValidator;
import org.myrhiza.wasm.core.FeatureSet;
import org.myrhiza.wasm.engine.ModuleHash;
import org.myrhiza.wasm.link.Blueprint;
import org.myrhiza.wasm.link.CallResult;
import org.myrhiza.wasm.link.ExportedFunction;
import org.myrhiza.wasm.link.Linker;
import org.myrhiza.wasm.link.Session;
import org.myrhiza.wasm.meter.Meter;
import org.myrhiza.wasm.meter.Rewritten;
import org.myrhiza.wasm.value.Value;

/**
 * From a component's bytes to its first call, step by step: once with everything cold, which has to
 * be the first that a process or page does, and then over and over.
 */
public final class ComponentLoad {
  /** What is measured, in the order of reports. */
  public static final List<String> STEPS =
      List.of("decode", "validate", "rewrite", "link", "compile", "instantiate");

  /** What is measured cold. */
  public static final List<String> COLD = List.of("link", "compile", "instantiate", "call");

  /** Compilations whose median is taken; fewer when they take long. */
  private static final int COMPILATIONS = 9;

  private static final int COMPILATIONS_AT_LEAST = 3;
  private static final double PATIENCE_NANOS = 5e9;
  private static final long BUDGET = 10_000_000;

  private final Platform platform;
  private final byte[] component;
  private final Consumer<Samples> finished;
  private final Consumer<String> failed;
  private final Samples samples = new Samples();
  private final List<Double> compilations = new ArrayList<>();
  private int variants;

  private ComponentLoad(
      Platform platform, String file, Consumer<Samples> finished, Consumer<String> failed) {
    this.platform = platform;
    this.component = platform.file(file);
    this.finished = finished;
    this.failed = failed;
  }

  /** Names of this measurement, one for each size of component. */
  public static final List<String> MEASUREMENTS = List.of("load-2k", "load-50k", "load-1m");

  /** About how large the component of a measurement is, in words. */
  public static String size(String measurement) {
    return switch (measurement) {
      case "load-2k" -> "2 KB";
      case "load-50k" -> "50 KB";
      default -> "1 MB";
    };
  }

  /** The component that a measurement is of. */
  public static String file(String measurement) {
    return measurement.equals("load-2k")
        ? "calls.wasm"
        : measurement.replace("load", "work") + ".wasm";
  }

  /**
   * Measures one component.
   *
   * @param file the component's file
   * @param finished gets nanoseconds as {@code cold.link}, {@code cold.compile}, {@code
   *     cold.instantiate}, {@code cold.call}, and for each of {@link #STEPS} as {@code
   *     warm.decode}; {@code bytes}, {@code rewritten} (bytes) and {@code fuel} of the call
   * @param failed gets the reason instead
   */
  public static void run(
      Platform platform, String file, Consumer<Samples> finished, Consumer<String> failed) {
    new ComponentLoad(platform, file, finished, failed).cold();
  }

  private void cold() {
    double begin = platform.nanos();
    Blueprint blueprint = Prepared.ok(Linker.link(component, FeatureSet.DETERMINISTIC));
    samples.put("cold.link", platform.nanos() - begin);
    samples.put("bytes", component.length);
    samples.put(
        "rewritten", blueprint.modules().stream().mapToInt(each -> each.bytes().length).sum());
    compile(
        blueprint,
        compiled -> {
          samples.put("cold.compile", compiled.nanos());
          double ready = platform.nanos();
          Session session = opened(new Prepared(blueprint, compiled.hashes()));
          double instantiated = platform.nanos();
          samples.put("cold.instantiate", instantiated - ready);
          samples.put("fuel", (double) called(blueprint, session));
          samples.put("cold.call", platform.nanos() - instantiated);
          warm(blueprint, session);
        });
  }

  private Session opened(Prepared prepared) {
    Session session = prepared.session(platform);
    begun(session);
    return session;
  }

  private static void begun(Session session) {
    @Nullable CallResult ended = session.begin();
    if (ended != null) {
      throw new IllegalStateException("no instance: " + ended);
    }
  }

  private static long called(Blueprint blueprint, Session session) {
    for (String name : blueprint.exports()) {
      ExportedFunction function = blueprint.export(name);
      if (name.endsWith("#run") || name.endsWith("#add")) {
        Value[] arguments = new Value[function == null ? 0 : function.type().params().size()];
        Arrays.fill(arguments, new Value.Int32(3));
        if (function != null
            && session.proceed(function, arguments, BUDGET) instanceof CallResult.Returned r) {
          return r.fuel();
        }
      }
    }
    throw new IllegalStateException("no call returned");
  }

  /** What was compiled, and how long it took. */
  private record Compiled(List<ModuleHash> hashes, double nanos) {}

  /** Compiles all modules under names and with bytes that the engine has not seen. */
  private void compile(Blueprint blueprint, Consumer<Compiled> done) {
    variants++;
    List<ModuleHash> hashes = new ArrayList<>();
    List<byte[]> codes = new ArrayList<>();
    for (Rewritten module : blueprint.modules()) {
      byte[] code = variant(module.bytes());
      codes.add(code);
      hashes.add(Prepared.hash(code));
    }
    double begin = platform.nanos();
    compileFrom(hashes, codes, () -> done.accept(new Compiled(hashes, platform.nanos() - begin)));
  }

  private void compileFrom(List<ModuleHash> hashes, List<byte[]> codes, Runnable done) {
    if (codes.isEmpty()) {
      done.run();
    } else {
      int left = codes.size() - 1;
      platform.prepare(
          hashes.get(hashes.size() - codes.size()),
          codes.getFirst(),
          () -> compileFrom(hashes, codes.subList(codes.size() - left, codes.size()), done),
          failed);
    }
  }

  /** The same code with a custom section more: browsers know the bytes of what they compiled. */
  private byte[] variant(byte[] code) {
    ByteWriter out = new ByteWriter().bytes(code);
    return out.section(0, new ByteWriter().name("variant").u32(variants)).toByteArray();
  }

  private void warm(Blueprint blueprint, Session session) {
    Samples seen = new Samples();
    new Rounds(platform, seen)
        .measure(
            List.of(
                new Step("decode", () -> Prepared.ok(ComponentDecoder.decode(component))),
                new Step(
                    "decode-and-validate",
                    () ->
                        Prepared.ok(
                            ComponentValidator.validate(component, FeatureSet.DETERMINISTIC))),
                new Step(
                    "rewrite",
                    () -> blueprint.modules().forEach(m -> Prepared.ok(Meter.rewrite(m.source())))),
                new Step(
                    "link", () -> Prepared.ok(Linker.link(component, FeatureSet.DETERMINISTIC))),
                new Step("instantiate", () -> begun(session))));
    for (String step : List.of("decode", "rewrite", "link", "instantiate")) {
      samples.put("warm." + step, seen.get(step));
    }
    samples.put("warm.validate", Math.max(0, seen.get("decode-and-validate") - seen.get("decode")));
    compileAgain(blueprint, platform.nanos());
  }

  private void compileAgain(Blueprint blueprint, double since) {
    boolean late =
        platform.nanos() - since > PATIENCE_NANOS && compilations.size() >= COMPILATIONS_AT_LEAST;
    if (late || compilations.size() == COMPILATIONS) {
      double[] all = compilations.stream().mapToDouble(each -> each).toArray();
      samples.put("warm.compile", Rounds.median(all));
      finished.accept(samples);
      return;
    }
    compile(
        blueprint,
        compiled -> {
          compilations.add(compiled.nanos());
          compileAgain(blueprint, since);
        });
  }

  private record Step(String name, Runnable work) implements Contender {
    @Override
    public void run(int times) {
      for (int i = 0; i < times; i++) {
        work.run();
      }
    }
  }
}
