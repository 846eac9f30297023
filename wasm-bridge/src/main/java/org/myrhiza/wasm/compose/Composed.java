// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.compose;

import java.util.List;
import org.myrhiza.wasm.component.ValidComponent;

/**
 * Several components as one.
 *
 * <p>Its component instance 0 is the one around them and runs no code. Each part is instantiated
 * right inside it, in order; {@code Blueprint.branch} tells which of them a caller belongs to.
 */
public final class Composed {
  private final byte[] bytes;
  private final ValidComponent component;
  private final List<Link> links;

  Composed(byte[] bytes, ValidComponent component, List<Link> links) {
    this.bytes = bytes;
    this.component = component;
    this.links = List.copyOf(links);
  }

  /** The component that nests the parts, in binary form; a copy. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** The same, decoded and validated. */
  public ValidComponent component() {
    return component;
  }

  /** Which imports are served from inside, by importing part and in the order of its imports. */
  public List<Link> links() {
    return links;
  }
}
