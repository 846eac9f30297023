// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.state;

import java.util.function.BiConsumer;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.bytes.Utf8;
import org.myrhiza.event.BundleId;
import org.myrhiza.event.Genesis;
import org.myrhiza.event.TopicPolicy;

/**
 * The kernel's own entries of a topic's state: what is in force at a place of the order. Before the
 * genesis nothing is, and every number is zero.
 */
final class InForce {
  /** Key of the bundle id, 32 bytes. */
  static final Bytes BUNDLE = Utf8.encode("bundle");

  /** Key of the metering table's number, 8 bytes. */
  static final Bytes TABLE = Utf8.encode("table");

  /** Key of the format's number, 8 bytes. */
  static final Bytes FORMAT = Utf8.encode("format");

  /** Key of the policy, in its canonical form. */
  static final Bytes POLICY = Utf8.encode("policy");

  private InForce() {}

  static void establish(Genesis genesis, BiConsumer<Bytes, Bytes> set) {
    set.accept(BUNDLE, BundleId.CODEC.encode(genesis.bundle()));
    set.accept(TABLE, number(genesis.meteringTable()));
    set.accept(FORMAT, number(genesis.format()));
    set.accept(POLICY, TopicPolicy.CODEC.encode(genesis.policy()));
  }

  private static Bytes number(long value) {
    return CanonicalWriter.write(w -> w.u64(value));
  }
}
