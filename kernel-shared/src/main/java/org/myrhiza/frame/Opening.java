// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.frame;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.bytes.Malformed;
import org.myrhiza.frame.Opened.Reason;
import org.myrhiza.identity.PublicKey;

/**
 * Opens the frames of one epoch of a topic and refuses what it saw before.
 *
 * <p>A session is remembered from its first authentic frame on, so who does not hold the secret can
 * make nothing be remembered or forgotten. Who holds it can at most push out sessions of the sender
 * it claims to be, and, past {@link Limits#SENDERS} claimed senders, those longest silent; a
 * session that was pushed out, or a receiver that started anew, accepts a replay. So what is sealed
 * must bear being delivered twice. Not to be shared between threads.
 */
public final class Opening {
  private final Aead aead;
  private final EpochSecret secret;
  private final long epoch;

  /** Senders and, within, their sessions, each from the longest silent to the latest heard. */
  private final LinkedHashMap<PublicKey, LinkedHashMap<Bytes, Session>> senders =
      new LinkedHashMap<>();

  private record Session(Bytes key, ReplayWindow window) {}

  /**
   * Begins with nothing seen.
   *
   * @param aead the platform's cipher
   * @param secret the epoch's secret
   * @param epoch the epoch's number, unsigned 32 bits
   */
  public Opening(Aead aead, EpochSecret secret, long epoch) {
    this.aead = aead;
    this.secret = secret;
    this.epoch = epoch;
  }

  /** Checks and opens one frame from outside. */
  public Opened open(Bytes frame) {
    return switch (FrameHeader.peek(frame)) {
      case Decoded.Bad<FrameHeader>(Malformed bad) ->
          new Opened.Refused(Reason.MALFORMED, bad.message());
      case Decoded.Ok<FrameHeader>(FrameHeader header) -> open(header, frame);
    };
  }

  private Opened open(FrameHeader header, Bytes frame) {
    if (!header.channel().equals(secret.channel())) {
      return new Opened.Refused(Reason.OTHER_CHANNEL, "channel " + header.channel().toHex());
    }
    if (header.epoch() != epoch) {
      String detail = "epoch " + header.epoch() + ", here it is " + epoch;
      return new Opened.Refused(Reason.OTHER_EPOCH, detail);
    }
    @Nullable Session known = known(header);
    Session session = known == null ? begin(header) : known;
    switch (session.window().look(header.counter())) {
      case REPLAYED -> {
        return new Opened.Refused(Reason.REPLAYED, "counter " + header.counter());
      }
      case TOO_OLD -> {
        return new Opened.Refused(Reason.TOO_OLD, "counter " + header.counter());
      }
      case NEW -> {}
    }
    Bytes clear = frame.slice(0, FrameHeader.BYTES);
    Bytes ciphertext = frame.slice(FrameHeader.BYTES, frame.size());
    Optional<Bytes> plain = aead.open(session.key(), header.nonce(), clear, ciphertext);
    if (plain.isEmpty()) {
      return new Opened.Refused(Reason.NOT_AUTHENTIC, "a frame of " + frame.size() + " bytes");
    }
    session.window().mark(header.counter());
    remember(header, session);
    return new Opened.Plain(header.sender(), plain.get());
  }

  private @Nullable Session known(FrameHeader header) {
    @Nullable LinkedHashMap<Bytes, Session> sessions = senders.get(header.sender());
    return sessions == null ? null : sessions.get(header.session());
  }

  private Session begin(FrameHeader header) {
    return new Session(secret.frameKey(header.sender(), header.session()), new ReplayWindow());
  }

  /** Moves the session to the latest heard, pushing out the longest silent past the bounds. */
  private void remember(FrameHeader header, Session session) {
    @Nullable LinkedHashMap<Bytes, Session> known = senders.remove(header.sender());
    LinkedHashMap<Bytes, Session> sessions = known == null ? new LinkedHashMap<>() : known;
    sessions.remove(header.session());
    sessions.put(header.session(), session);
    dropFirstPast(sessions, Limits.SESSIONS_PER_SENDER);
    senders.put(header.sender(), sessions);
    dropFirstPast(senders, Limits.SENDERS);
  }

  private static <K, V> void dropFirstPast(Map<K, V> map, int bound) {
    if (map.size() > bound) {
      map.remove(map.keySet().iterator().next());
    }
  }
}
