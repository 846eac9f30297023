// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.event;

import java.util.List;
import org.myrhiza.bytes.Codec;

/** What an event is for. All but {@link #APP} speak to the kernel and never reach the app. */
public enum EventKind {
  /** The app's own. */
  APP,
  /** Begins a topic; its creation data is delivered to the app as the first event. */
  GENESIS,
  /** The first event of a chain key. */
  JOIN,
  /** Shuts out a key or a principal. */
  FENCE,
  /** Lets a principal in, or whoever has an invitation's secret. */
  ADMIT,
  /** Puts another bundle in force. Reserved. */
  UPGRADE,
  /** Says which keys' anchors count. Reserved. */
  ANCHOR_POLICY,
  /** Makes the past final. Reserved. */
  SEAL;

  /** One byte: 0 app, 1 genesis, 2 join, 3 fence, 4 admit, 5 upgrade, 6 anchor policy, 7 seal. */
  public static final Codec<EventKind> CODEC =
      Codec.choice(List.of(APP, GENESIS, JOIN, FENCE, ADMIT, UPGRADE, ANCHOR_POLICY, SEAL));

  /** Returns the name in lower case with hyphens, as people and programs are shown it. */
  public String label() {
    return switch (this) {
      case APP -> "app";
      case GENESIS -> "genesis";
      case JOIN -> "join";
      case FENCE -> "fence";
      case ADMIT -> "admit";
      case UPGRADE -> "upgrade";
      case ANCHOR_POLICY -> "anchor-policy";
      case SEAL -> "seal";
    };
  }
}
