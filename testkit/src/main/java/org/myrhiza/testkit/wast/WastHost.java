// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.wast;

import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.wasm.binary.WasmError;
import org.myrhiza.wasm.binary.WasmResult;

/** All that scripts need of an implementation of the Component Model. */
public interface WastHost {
  /**
   * Decodes and validates a component.
   *
   * @param component its bytes
   * @return anything when it is valid, or why it is refused
   */
  WasmResult<?> validate(Bytes component);

  /**
   * Validates and instantiates a component.
   *
   * @param component its bytes
   * @param named what it may import: the script's instances by their names without {@code $}
   * @return what became of it
   */
  Start instantiate(Bytes component, SortedMap<String, Instance> named);

  /** An instance. It keeps its state from call to call, as the Component Model has it. */
  interface Instance {
    /**
     * Calls an exported function.
     *
     * @param export the function's name
     * @param arguments what the script gives, which may be of wrong types
     * @return how it ended
     */
    End invoke(String export, List<WastValue> arguments);
  }

  /** What instantiating came to. */
  sealed interface Start {
    /** There it is. */
    record Started(Instance instance) implements Start {}

    /** The component is not taken, or lacks what it imports. */
    record Refused(WasmError error) implements Start {}

    /** It was taken, and ended before it was there; never {@link End.Returned}. */
    record Ended(End end) implements Start {}
  }

  /** How a call ended. */
  sealed interface End {
    /**
     * It returned.
     *
     * @param value the result, or null for a function without one
     */
    record Returned(@Nullable WastValue value) implements End {}

    /**
     * The guest trapped.
     *
     * @param kind as fine as the implementation can tell
     */
    record Trapped(String kind) implements End {}

    /**
     * Anything else: no such function, arguments of other types, no fuel, a failure of the host.
     *
     * @param reason in words
     */
    record Failed(String reason) implements End {}
  }
}
