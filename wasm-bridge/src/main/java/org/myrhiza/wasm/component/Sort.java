// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.component;

/** What an index refers to: the sorts of components and of core modules, in one enum. */
public enum Sort {
  /** A core function. */
  CORE_FUNC(true),
  /** A core table. */
  CORE_TABLE(true),
  /** A core memory. */
  CORE_MEMORY(true),
  /** A core global. */
  CORE_GLOBAL(true),
  /** A core module. */
  CORE_MODULE(true),
  /** A core instance. */
  CORE_INSTANCE(true),
  /** A component function. */
  FUNC(false),
  /** A type. */
  TYPE(false),
  /** A component. */
  COMPONENT(false),
  /** A component instance. */
  INSTANCE(false);

  private final boolean core;

  Sort(boolean core) {
    this.core = core;
  }

  /** Whether it is one of the core sorts. */
  public boolean isCore() {
    return core;
  }
}
