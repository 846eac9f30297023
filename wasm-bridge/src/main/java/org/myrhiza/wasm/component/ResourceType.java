// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.component;

/**
 * One resource type: what {@code own} and {@code borrow} refer to. Two are the same type only if
 * they are the same object; every definition, every import and every instantiation makes a fresh
 * one.
 */
public final class ResourceType {
  private final int id;

  ResourceType(int id) {
    this.id = id;
  }

  /** Tells it from all others of one {@link Work}. */
  public int id() {
    return id;
  }

  @Override
  public String toString() {
    return "resource " + id;
  }
}
