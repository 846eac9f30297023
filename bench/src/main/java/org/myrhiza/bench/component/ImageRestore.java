// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bench.component;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.myrhiza.wasm.engine.CoreFunction;
import org.myrhiza.wasm.engine.CoreGlobal;
import org.myrhiza.wasm.engine.CoreMemory;
import org.myrhiza.wasm.engine.MemoryImage;
import org.myrhiza.wasm.meter.ImageGlobal;
import org.myrhiza.wasm.meter.ImageMemory;
import org.myrhiza.wasm.meter.Rewritten;

/** Putting the image of one core instance back, against making the instance anew. */
public final class ImageRestore {
  /** Sizes of memory that are measured. */
  public static final List<Integer> PAGES = List.of(1, 17);

  private final Platform platform;
  private final Samples samples = new Samples();

  /** Measures on a platform. */
  public ImageRestore(Platform platform) {
    this.platform = platform;
  }

  /**
   * Measures.
   *
   * @return nanoseconds for each size as {@code 17.clean}, {@code 17.dirty} (all memory but the
   *     static data written since) and {@code 17.anew}
   */
  public Samples run() {
    for (int pages : PAGES) {
      measure(pages);
    }
    return samples;
  }

  private void measure(int pages) {
    CoreRun run = CoreRun.metered(platform, platform.file("kernels-" + pages + ".wasm"));
    Image image = new Image(run);
    CoreFunction dirty = run.function("dirty");
    CoreRun other = CoreRun.metered(platform, platform.file("kernels-" + pages + ".wasm"));
    Samples seen = new Samples();
    new Rounds(platform, seen)
        .measure(
            List.of(
                new Doing("clean", times -> repeat(times, image::restore)),
                new Doing("write", times -> repeat(times, () -> write(run, dirty, pages))),
                new Doing(
                    "write-and-restore",
                    times ->
                        repeat(
                            times,
                            () -> {
                              write(run, dirty, pages);
                              image.restore();
                            })),
                new Doing("anew", times -> repeat(times, other::makeAnew))));
    image.restore();
    image.requireRestored();
    samples.put(pages + ".clean", seen.get("clean"));
    samples.put(pages + ".dirty", Math.max(0, seen.get("write-and-restore") - seen.get("write")));
    samples.put(pages + ".anew", seen.get("anew"));
  }

  private static void repeat(int times, Runnable work) {
    for (int i = 0; i < times; i++) {
      work.run();
    }
  }

  private static void write(CoreRun run, CoreFunction dirty, int pages) {
    if (run.call(dirty, 1) != pages) {
      throw new IllegalStateException("the memory has not " + pages + " pages");
    }
  }

  private record Doing(String name, Consumer<Integer> work) implements Contender {
    @Override
    public void run(int times) {
      work.accept(times);
    }
  }

  /** What the linker's instances keep of one core instance. */
  private static final class Image {
    private final CoreMemory memory;
    private final MemoryImage contents;
    private final List<CoreGlobal> globals = new ArrayList<>();
    private final long[] values;
    private final byte[] whole;

    Image(CoreRun run) {
      Rewritten module = run.rewritten();
      ImageMemory kept = module.imageMemories().getFirst();
      if (!(run.instance().export(kept.exportName()) instanceof CoreMemory found)) {
        throw new IllegalStateException("no memory");
      }
      memory = found;
      for (ImageGlobal each : module.imageGlobals()) {
        if (run.instance().export(each.exportName()) instanceof CoreGlobal global) {
          globals.add(global);
        }
      }
      contents = memory.image();
      values = globals.stream().mapToLong(CoreGlobal::get).toArray();
      whole = all();
    }

    void restore() {
      if (!memory.restore(contents)) {
        throw new IllegalStateException("the memory has grown");
      }
      for (int i = 0; i < values.length; i++) {
        globals.get(i).set(values[i]);
      }
    }

    void requireRestored() {
      if (!Arrays.equals(whole, all())) {
        throw new IllegalStateException("a restored memory differs");
      }
    }

    private byte[] all() {
      byte[] bytes = new byte[memory.byteSize()];
      memory.read(0, bytes, 0, bytes.length);
      return bytes;
    }
  }
}
