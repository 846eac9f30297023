// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.link;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.component.Component;
import org.myrhiza.wasm.component.DefinedType;
import org.myrhiza.wasm.component.FunctionType;
import org.myrhiza.wasm.component.StringEncoding;

/** What an index of a component-level index space stands for, once everything is known. */
sealed interface Entity {
  /** A function of a known type. */
  sealed interface Function extends Entity {
    FunctionType type();
  }

  /** A function that the host gives. */
  record Imported(ImportedFunction function) implements Function {
    @Override
    public FunctionType type() {
      return function.type();
    }
  }

  /** A function made by {@code canon lift} in a component instance; both are numbered. */
  record Lifted(int number, FunctionType type, int instance, CoreItem core, Options options)
      implements Function {}

  /** Canonical options with their indices looked up. */
  record Options(
      @Nullable CoreItem memory,
      @Nullable CoreItem realloc,
      @Nullable CoreItem postReturn,
      StringEncoding encoding) {}

  /** A type. */
  record Type(DefinedType type) implements Entity {}

  /** An instance: its exports. */
  record Instance(Map<String, Entity> exports) implements Entity {}

  /** A component and the scope that it was defined in. */
  record Closure(Component component, Scope around) implements Entity {}

  /** A core module, by its number in the blueprint. */
  record Module(int number) implements Entity {}
}
