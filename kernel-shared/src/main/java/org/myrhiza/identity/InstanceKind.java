// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.identity;

import java.util.List;
import org.myrhiza.bytes.Codec;

/** What an instance key is for. */
public enum InstanceKind {
  /** An installation: one data folder, one browser profile. */
  DEVICE,
  /** A component that acts while nobody looks. */
  BEHAVIOR,
  /** A leaf of a group's key agreement (RFC 9420). */
  MLS_LEAF,
  /** Something that only the app knows. */
  CUSTOM;

  /** One byte: 0 device, 1 behavior, 2 MLS leaf, 3 custom. */
  public static final Codec<InstanceKind> CODEC =
      Codec.choice(List.of(DEVICE, BEHAVIOR, MLS_LEAF, CUSTOM));
}
