// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.meter;

import java.util.List;
import org.myrhiza.wasm.core.CoreModule;

/** A rewritten core module, and what its host needs to know of it. */
public final class Rewritten {
  private final CoreModule source;
  private final byte[] bytes;
  private final List<ImageGlobal> imageGlobals;
  private final List<ImageMemory> imageMemories;

  Rewritten(
      CoreModule source,
      byte[] bytes,
      List<ImageGlobal> imageGlobals,
      List<ImageMemory> imageMemories) {
    this.source = source;
    this.bytes = bytes;
    this.imageGlobals = List.copyOf(imageGlobals);
    this.imageMemories = List.copyOf(imageMemories);
  }

  /**
   * The rewritten module, to be left unchanged. Metered, it imports the globals of {@link Accounts}
   * before all that the source imports, and exports all that the source exports before the image.
   */
  public byte[] bytes() {
    return bytes;
  }

  /** The module as the guest wrote it: what a linker looks at. */
  public CoreModule source() {
    return source;
  }

  /** The mutable globals that the module makes, in the order of their indices. */
  public List<ImageGlobal> imageGlobals() {
    return imageGlobals;
  }

  /** The memories that the module makes, in the order of their indices. */
  public List<ImageMemory> imageMemories() {
    return imageMemories;
  }
}
