// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.engine;

import com.dylibso.chicory.runtime.TagInstance;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.TagType;
import com.dylibso.chicory.wasm.types.ValType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.myrhiza.wasm.engine.CoreTag;

/**
 * A tag. Chicory, as of 1.7.5, takes two tags for one if their types are alike, and one for two if
 * an instance exports what it throws by; it looks at types alone where both are imported. So no
 * instance has tags of its own ({@link Mended}), and while instances run, the type of each tag is
 * one that only this tag has.
 */
final class ChicoryTag implements CoreTag {
  private static final AtomicInteger MADE = new AtomicInteger();

  private final FunctionType own = numbered(MADE.incrementAndGet());

  /** As many parameters as a number has bits. */
  private static FunctionType numbered(int number) {
    List<ValType> bits = new ArrayList<>();
    for (int i = 0; i < Integer.SIZE; i++) {
      bits.add((number & (1 << i)) == 0 ? ValType.I32 : ValType.I64);
    }
    return FunctionType.of(bits, List.of());
  }

  /** The tag as an instance imports it: with the type that the instance's module gives it. */
  static TagInstance imported(TagType type, FunctionType carried) {
    return new TagInstance(type, carried);
  }

  /** To be called once the instance that imports it is there: from now on it is this tag alone. */
  void settle(TagInstance imported) {
    imported.setType(own);
  }
}
