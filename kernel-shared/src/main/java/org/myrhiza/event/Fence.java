// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.event;

import java.util.List;
import org.myrhiza.bytes.CanonicalReader;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.bytes.Codec;
import org.myrhiza.identity.PublicKey;

/**
 * The payload of a fence: whose events that are not in the fence's past count no longer (rules.md,
 * section 6). What it brings about depends on who wrote it; the log decides that.
 *
 * @param subject what the key is
 * @param key the fenced chain key, or the long-term key of the fenced principal
 */
public record Fence(Subject subject, PublicKey key) {
  /** What a fence names. */
  public enum Subject {
    /** One chain key. */
    CHAIN_KEY,
    /** All chain keys of a principal, future ones too. */
    PRINCIPAL;

    /** One byte: 0 chain key, 1 principal. */
    public static final Codec<Subject> CODEC = Codec.choice(List.of(CHAIN_KEY, PRINCIPAL));
  }

  /** The version byte of its form. */
  public static final int VERSION = 0;

  /** The canonical form. */
  public static final Codec<Fence> CODEC = Codec.of(Fence::write, Fence::read);

  private static void write(CanonicalWriter writer, Fence fence) {
    writer.u8(VERSION);
    Subject.CODEC.write(writer, fence.subject);
    PublicKey.CODEC.write(writer, fence.key);
  }

  private static Fence read(CanonicalReader reader) {
    reader.version(VERSION);
    Subject subject = Subject.CODEC.read(reader.at("subject of a fence"));
    return new Fence(subject, PublicKey.CODEC.read(reader.at("fenced key")));
  }
}
