// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.state;

import org.jspecify.annotations.Nullable;

/** Blocks in the order of their latest use. Each is in it once, linked by fields of its own. */
final class Recent {
  private @Nullable Block oldest;
  private @Nullable Block newest;

  /** Returns the block that was not used for longest, null if there is none. */
  @Nullable Block oldest() {
    return oldest;
  }

  /** A block is used: it comes last, whether it was here or not. */
  void use(Block block) {
    Block last = newest;
    if (block == last) {
      return;
    }
    remove(block);
    block.older = last;
    if (last == null) {
      oldest = block;
    } else {
      last.newer = block;
    }
    newest = block;
  }

  /** Takes a block out, if it is here. */
  void remove(Block block) {
    Block before = block.older;
    Block after = block.newer;
    if (before != null) {
      before.newer = after;
    } else if (block == oldest) {
      oldest = after;
    }
    if (after != null) {
      after.older = before;
    } else if (block == newest) {
      newest = before;
    }
    block.older = null;
    block.newer = null;
  }
}
