// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.event;

import java.util.List;
import org.myrhiza.bytes.CanonicalReader;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.bytes.Codec;
import org.myrhiza.identity.PublicKey;

/**
 * The payload of an event that lets somebody into a topic that is not open (rules.md, section 4).
 * Whether its author may do that is asked of each join that cites it, by the log.
 *
 * @param subject what the key is
 * @param key the long-term key that is let in, or the invitation's public key
 */
public record Admit(Subject subject, PublicKey key) {
  /** What an admit event names. */
  public enum Subject {
    /** A principal: it may join with as many keys as it likes. */
    PRINCIPAL,
    /** An invitation: whoever has its secret key may join. */
    INVITATION;

    /** One byte: 0 principal, 1 invitation. */
    public static final Codec<Subject> CODEC = Codec.choice(List.of(PRINCIPAL, INVITATION));
  }

  /** The version byte of its form. */
  public static final int VERSION = 0;

  /** The canonical form. */
  public static final Codec<Admit> CODEC = Codec.of(Admit::write, Admit::read);

  private static void write(CanonicalWriter writer, Admit admit) {
    writer.u8(VERSION);
    Subject.CODEC.write(writer, admit.subject);
    PublicKey.CODEC.write(writer, admit.key);
  }

  private static Admit read(CanonicalReader reader) {
    reader.version(VERSION);
    Subject subject = Subject.CODEC.read(reader.at("subject of an admission"));
    return new Admit(subject, PublicKey.CODEC.read(reader.at("admitted key")));
  }
}
