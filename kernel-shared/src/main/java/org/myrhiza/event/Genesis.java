// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.event;

import java.util.Optional;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.CanonicalReader;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.bytes.Codec;
import org.myrhiza.bytes.Utf8;
import org.myrhiza.identity.Certificate;

/**
 * The payload of the event that begins a topic.
 *
 * @param bundle the app
 * @param seed 32 random bytes from the founder's kernel, so that no two topics are alike
 * @param name what the founder calls the topic, at most 128 bytes of UTF-8
 * @param policy what holds for the topic
 * @param format the format that sections 8 and 9 of the rules start with
 * @param meteringTable the metering table in force at first
 * @param init what the creation form gave, at most 64 KiB; the app's first event
 * @param certificate the founder's word for the signing key, over the seed as scope; none when the
 *     founder's long-term key signs
 */
public record Genesis(
    BundleId bundle,
    Bytes seed,
    String name,
    TopicPolicy policy,
    int format,
    int meteringTable,
    Bytes init,
    Optional<Certificate> certificate) {

  /** The version byte of its form. */
  public static final int VERSION = 0;

  /** The canonical form. */
  public static final Codec<Genesis> CODEC = Codec.of(Genesis::write, Genesis::read);

  /** Checks sizes. */
  public Genesis {
    long nameBytes = Utf8.encodedSize(name);
    if (nameBytes < 0 || nameBytes > Limits.TOPIC_NAME_BYTES) {
      throw new IllegalArgumentException("topic name of " + nameBytes + " bytes, allowed 0 to 128");
    }
    if (seed.size() != Limits.SEED_BYTES) {
      throw new IllegalArgumentException("seed of " + seed.size() + " bytes, allowed 32");
    }
    if (init.size() > Limits.INIT_BYTES) {
      throw new IllegalArgumentException("init of " + init.size() + " bytes, allowed 0 to 65536");
    }
    checkNumber("format", format);
    checkNumber("metering table", meteringTable);
  }

  private static void checkNumber(String what, int number) {
    if (number < 0 || number > Limits.VERSION_NUMBER) {
      throw new IllegalArgumentException(what + " " + number + ", allowed 0 to 65535");
    }
  }

  private static void write(CanonicalWriter writer, Genesis genesis) {
    writer.u8(VERSION);
    BundleId.CODEC.write(writer, genesis.bundle);
    writer.fixed(genesis.seed);
    writer.text(genesis.name, Limits.TOPIC_NAME_BYTES);
    TopicPolicy.CODEC.write(writer, genesis.policy);
    writer.lebInt(genesis.format, Limits.VERSION_NUMBER);
    writer.lebInt(genesis.meteringTable, Limits.VERSION_NUMBER);
    writer.bytes(genesis.init, Limits.INIT_BYTES);
    writer.optional(genesis.certificate, Certificate.CODEC);
  }

  private static Genesis read(CanonicalReader reader) {
    reader.version(VERSION);
    return new Genesis(
        BundleId.CODEC.read(reader.at("bundle id")),
        reader.at("seed").fixed(Limits.SEED_BYTES),
        reader.at("topic name").text(Limits.TOPIC_NAME_BYTES),
        TopicPolicy.CODEC.read(reader),
        reader.at("format").lebInt(Limits.VERSION_NUMBER),
        reader.at("metering table").lebInt(Limits.VERSION_NUMBER),
        reader.at("init").bytes(Limits.INIT_BYTES),
        reader.at("certificate").optional(Certificate.CODEC));
  }
}
