// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.frame;

import org.myrhiza.bytes.Codec;

/** Why a relay refused a message. Part of the protocol: numbers are never given twice. */
public enum RefusalCode {
  /** The bytes are no message of this protocol. */
  MALFORMED(1),
  /** A message that makes no sense now, such as one before the login. */
  UNEXPECTED(2),
  /** The login names a relay that this one is not. */
  OTHER_RELAY(3),
  /** The login's signature is not good. */
  BAD_SIGNATURE(4),
  /** The client is a member of as many channels as it may be. */
  TOO_MANY_CHANNELS(5),
  /** The channel has as many members as it may have. */
  CHANNEL_FULL(6),
  /** The client is not a member of the channel. */
  NOT_A_MEMBER(7),
  /** No member with that key shares a channel with the client now. */
  NOT_REACHABLE(8);

  /** One byte. */
  public static final Codec<RefusalCode> CODEC =
      Codec.of(
          (w, code) -> w.u8(code.number),
          r -> {
            int number = r.u8();
            for (RefusalCode code : values()) {
              if (code.number == number) {
                return code;
              }
            }
            throw r.fail("refusal code", Integer.toString(number), "1 to 8");
          });

  private final int number;

  RefusalCode(int number) {
    this.number = number;
  }
}
