// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.frame;

import java.util.List;
import java.util.Optional;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.CanonicalReader;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.bytes.Codec;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.bytes.TextId;
import org.myrhiza.event.TopicId;
import org.myrhiza.identity.PublicKey;

/**
 * All that one needs to join a topic: which, by whom, the epoch's secret, and where peers may be
 * found. Who holds it can read and write; it is passed on like a key.
 *
 * @param topic the topic, so that nobody can substitute another
 * @param founder the long-term key of the topic's founder
 * @param secret the epoch's secret
 * @param epoch the epoch's number, unsigned 32 bits
 * @param relays where members meet, at most {@link Limits#INVITE_RELAYS}, in the order to try
 * @param addresses peers to dial, at most {@link Limits#INVITE_ADDRESSES}, in the order to try
 * @param admission what lets one principal in, where a topic takes invited ones only
 */
public record Invitation(
    TopicId topic,
    PublicKey founder,
    EpochSecret secret,
    long epoch,
    List<RelayUrl> relays,
    List<AddressHint> addresses,
    Optional<OneTimeSecret> admission) {
  /** The version of an invitation that holds no one-time secret. */
  public static final int VERSION = 0;

  /** The version of one that does. */
  public static final int VERSION_ONE_TIME = 1;

  /** Version, then the fields in order. */
  public static final Codec<Invitation> CODEC = Codec.of(Invitation::write, Invitation::read);

  private static final String ALLOWED = "myinvite1…, or a link that ends in #myinvite1…";

  /** Checks bounds and copies. */
  public Invitation {
    relays = List.copyOf(relays);
    addresses = List.copyOf(addresses);
    boolean fits =
        relays.size() <= Limits.INVITE_RELAYS && addresses.size() <= Limits.INVITE_ADDRESSES;
    if (!fits || epoch < 0 || epoch > Limits.MAX_EPOCH) {
      throw new IllegalArgumentException(
          "epoch %d, %d relays, %d addresses; allowed 2^32-1, %d, %d"
              .formatted(
                  epoch,
                  relays.size(),
                  addresses.size(),
                  Limits.INVITE_RELAYS,
                  Limits.INVITE_ADDRESSES));
    }
  }

  /** Makes one without a one-time secret. */
  public Invitation(
      TopicId topic,
      PublicKey founder,
      EpochSecret secret,
      long epoch,
      List<RelayUrl> relays,
      List<AddressHint> addresses) {
    this(topic, founder, secret, epoch, relays, addresses, Optional.empty());
  }

  /** Returns the same with this one-time secret, or with none, in the place of its own. */
  public Invitation with(Optional<OneTimeSecret> oneTime) {
    return new Invitation(topic, founder, secret, epoch, relays, addresses, oneTime);
  }

  /**
   * Parses what a person pasted: the text form, or a link of a page with the text form behind its
   * {@code #}. White space around it is ignored, anything else is not.
   */
  public static Decoded<Invitation> parse(String pasted) {
    if (pasted.length() > Limits.INVITE_CHARS) {
      String allowed = "at most " + Limits.INVITE_CHARS;
      return Decoded.bad("invitation", 0, pasted.length() + " characters", allowed);
    }
    String text = pasted.strip();
    boolean link = text.startsWith("http://") || text.startsWith("https://");
    int hash = text.indexOf('#');
    if (link && hash < 0) {
      return Decoded.bad("invitation", 0, "a link without #", ALLOWED);
    }
    return TextId.INVITE.parse(link ? text.substring(hash + 1) : text).then(CODEC::decode);
  }

  /** Returns {@code myinvite1…}. */
  public String text() {
    return TextId.INVITE.write(CODEC.encode(this));
  }

  /**
   * Returns a link to a page that takes the invitation from behind the {@code #}, which browsers
   * never send to a server.
   *
   * @param page the page's address without fragment, such as {@code http://127.0.0.1:7420/}
   */
  public String link(String page) {
    return page + "#" + text();
  }

  private static void write(CanonicalWriter w, Invitation invitation) {
    w.u8(invitation.admission.isPresent() ? VERSION_ONE_TIME : VERSION);
    TopicId.CODEC.write(w, invitation.topic);
    PublicKey.CODEC.write(w, invitation.founder);
    w.fixed(invitation.secret.bytes());
    w.u32(invitation.epoch);
    w.list(invitation.relays, Limits.INVITE_RELAYS, RelayUrl.CODEC);
    w.list(invitation.addresses, Limits.INVITE_ADDRESSES, AddressHint.CODEC);
    invitation.admission.ifPresent(oneTime -> w.fixed(oneTime.seed()));
  }

  private static Invitation read(CanonicalReader r) {
    int version = r.at("version").choice(VERSION_ONE_TIME + 1);
    TopicId topic = TopicId.CODEC.read(r);
    PublicKey founder = PublicKey.CODEC.read(r);
    Bytes secret = r.fixed(Limits.KEY_BYTES);
    long epoch = r.u32();
    return new Invitation(
        topic,
        founder,
        EpochSecret.of(secret),
        epoch,
        r.list(Limits.INVITE_RELAYS, RelayUrl.CODEC),
        r.list(Limits.INVITE_ADDRESSES, AddressHint.CODEC),
        version == VERSION_ONE_TIME
            ? Optional.of(OneTimeSecret.of(r.at("one-time secret").fixed(Limits.KEY_BYTES)))
            : Optional.empty());
  }
}
