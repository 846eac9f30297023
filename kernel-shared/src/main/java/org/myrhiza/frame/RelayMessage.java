// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.frame;

import java.util.List;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.hash.HashContext;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.identity.Signature;

/**
 * What a client and a relay say to each other. One message is one binary WebSocket message.
 *
 * <p>The relay begins with {@link Challenge}; the client answers with {@link Login} and hears
 * {@link Welcome}. From then on it joins channels, publishes to them and writes to single members.
 * The relay tells it who else is there, delivers, refuses, and says why before it closes.
 */
public sealed interface RelayMessage {
  /**
   * To the client, first: sign this.
   *
   * @param nonce 32 random bytes, used once
   */
  record Challenge(Bytes nonce) implements RelayMessage {
    /** Checks the length. */
    public Challenge {
      Limits.checkKeySize("challenge", nonce);
    }
  }

  /**
   * To the relay: who I am. The signature names the relay that the client dialled, so a relay that
   * is shown it cannot use it at another.
   *
   * @param key the client's transport key
   * @param authority the host and port that the client dialled
   * @param signature over {@link #messageToSign}
   */
  record Login(PublicKey key, Authority authority, Signature signature) implements RelayMessage {
    private static final HashContext CONTEXT = HashContext.of("relay login");

    /** Returns the 32 bytes to sign: {@code H("relay login", nonce, authority)}. */
    public static Bytes messageToSign(Bytes nonce, Authority authority) {
      return CONTEXT.hash(w -> {
        w.fixed(nonce);
        Authority.CODEC.write(w, authority);
      });
    }
  }

  /** To the client: the login is good. */
  record Welcome(RelayLimits limits) implements RelayMessage {}

  /** To the relay: I want to be in this channel. */
  record Join(ChannelId channel) implements RelayMessage {}

  /** To the relay: I want to be in it no longer. */
  record Leave(ChannelId channel) implements RelayMessage {}

  /**
   * To the client: you are in the channel, and so are these.
   *
   * @param others all other members, at most {@link Limits#MEMBERS}
   */
  record Members(ChannelId channel, List<PublicKey> others) implements RelayMessage {
    /** Checks the number and copies. */
    public Members {
      others = List.copyOf(others);
      if (others.size() > Limits.MEMBERS) {
        throw new IllegalArgumentException(others.size() + " members, allowed " + Limits.MEMBERS);
      }
    }
  }

  /** To the client: somebody came. */
  record MemberJoined(ChannelId channel, PublicKey member) implements RelayMessage {}

  /** To the client: somebody left. */
  record MemberLeft(ChannelId channel, PublicKey member) implements RelayMessage {}

  /** To the relay: give this to all other members. */
  record Publish(ChannelId channel, Bytes frame) implements RelayMessage {
    /** Checks the size. */
    public Publish {
      checkFrame(frame);
    }
  }

  /** To the client: somebody published this. */
  record Deliver(ChannelId channel, PublicKey from, Bytes frame) implements RelayMessage {
    /** Checks the size. */
    public Deliver {
      checkFrame(frame);
    }
  }

  /** To the relay: give this to one key that shares a channel with me. */
  record SendTo(PublicKey to, Bytes frame) implements RelayMessage {
    /** Checks the size. */
    public SendTo {
      checkFrame(frame);
    }
  }

  /** To the client: somebody who shares a channel with you sent you this. */
  record DeliverDirect(PublicKey from, Bytes frame) implements RelayMessage {
    /** Checks the size. */
    public DeliverDirect {
      checkFrame(frame);
    }
  }

  /**
   * To the client: a message of yours was refused; the connection stays.
   *
   * @param about the channel or key it was about, or nothing
   * @param text a sentence, at most {@link Limits#TEXT_BYTES}
   */
  record Refused(RefusalCode code, Bytes about, String text) implements RelayMessage {}

  /**
   * To the client, last: the relay closes the connection.
   *
   * @param reason a sentence, at most {@link Limits#TEXT_BYTES}
   */
  record Dropped(String reason) implements RelayMessage {}

  /** From either side: are you there? */
  record Ping(long number) implements RelayMessage {}

  /** The answer, with the number that was asked. */
  record Pong(long number) implements RelayMessage {}

  private static void checkFrame(Bytes frame) {
    if (frame.size() > Limits.FRAME_BYTES) {
      throw new IllegalArgumentException(
          "frame of " + frame.size() + " bytes, allowed " + Limits.FRAME_BYTES);
    }
  }
}
