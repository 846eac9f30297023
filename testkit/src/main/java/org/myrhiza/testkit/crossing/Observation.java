// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.crossing;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.wasm.value.Value;

/**
 * What was seen of one exchange.
 *
 * @param end empty if the call returned, else how it ended
 * @param arguments what the host was given; null if it was not called
 * @param result what the call returned; null for a function without result and after another end
 * @param memory the guest's memory afterwards, from {@link GuestModules#FIRST} to the end of its
 *     blocks; empty unless the call returned
 */
public record Observation(
    String end, @Nullable List<Value> arguments, @Nullable Value result, Bytes memory) {
  private int word(int address) {
    int at = address - GuestModules.FIRST;
    int word = 0;
    for (int i = Integer.BYTES - 1; i >= 0; i--) {
      word = (word << Byte.SIZE) | (memory.at(at + i) & 0xff);
    }
    return word;
  }

  /**
   * How many blocks of some bytes the guest was asked for.
   *
   * @return 0 or more
   */
  public int allocations() {
    return word(GuestModules.COUNT);
  }

  /**
   * How many blocks of no bytes the guest was asked for.
   *
   * @return 0 or more
   */
  public int emptyAllocations() {
    return word(GuestModules.ZEROS);
  }

  /**
   * How often the guest's post-return ran.
   *
   * @return 0 or more
   */
  public int postReturns() {
    return word(GuestModules.POSTS);
  }

  /**
   * What the guest's allocator was called with, in order, blocks of no bytes left out.
   *
   * @return old address, old length, alignment and length of each call that the log has room for
   */
  public List<List<Integer>> log() {
    List<List<Integer>> out = new ArrayList<>();
    for (int i = 0; i < Math.min(allocations(), GuestModules.ENTRIES); i++) {
      int at = GuestModules.LOG + GuestModules.ENTRY * i;
      out.add(List.of(word(at), word(at + 4), word(at + 8), word(at + 12)));
    }
    return out;
  }

  /**
   * Changes in a copy of the memory how many blocks of no bytes there were.
   *
   * @param memory as in {@link #memory}
   * @param count 0 or more
   */
  public static void putEmptyAllocations(byte[] memory, int count) {
    for (int i = 0; i < Integer.BYTES; i++) {
      memory[GuestModules.ZEROS - GuestModules.FIRST + i] = (byte) (count >> (Byte.SIZE * i));
    }
  }

  /**
   * Where a byte of the memory lies in the guest.
   *
   * @param index from 0
   * @return its address
   */
  public static int address(int index) {
    return GuestModules.FIRST + index;
  }
}
