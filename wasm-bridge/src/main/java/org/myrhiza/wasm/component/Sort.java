// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.component;

/** What an index refers to: the sorts of components and of core modules, in one enum. */
public enum Sort {
  /** A core function. */
  CORE_FUNC("core function", true),
  /** A core table. */
  CORE_TABLE("core table", true),
  /** A core memory. */
  CORE_MEMORY("core memory", true),
  /** A core global. */
  CORE_GLOBAL("core global", true),
  /** A core tag. */
  CORE_TAG("core tag", true),
  /** A core type. */
  CORE_TYPE("core type", true),
  /** A core module. */
  CORE_MODULE("core module", true),
  /** A core instance. */
  CORE_INSTANCE("core instance", true),
  /** A component function. */
  FUNC("function", false),
  /** A type. */
  TYPE("type", false),
  /** A component. */
  COMPONENT("component", false),
  /** A component instance. */
  INSTANCE("instance", false);

  private final String text;
  private final boolean core;

  Sort(String text, boolean core) {
    this.text = text;
    this.core = core;
  }

  /** What it is called in messages. */
  public String text() {
    return text;
  }

  /** Whether it is one of the core sorts. */
  public boolean isCore() {
    return core;
  }
}
