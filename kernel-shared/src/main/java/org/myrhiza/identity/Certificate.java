// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.identity;

import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.CanonicalReader;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.bytes.Codec;
import org.myrhiza.bytes.Utf8;
import org.myrhiza.hash.HashContext;

/**
 * A principal's word that an instance key acts for it within one topic. It says nothing elsewhere:
 * the topic is part of what is signed, so that a certificate cannot be carried over.
 *
 * @param principal the long-term key that signs
 * @param scope 32 bytes: the topic's id; in a genesis, which is hashed before its topic has an id,
 *     the genesis's seed
 * @param instance the key that is certified, another than the principal
 * @param kind what the key is for
 * @param name what its owner calls it, at most 64 bytes of UTF-8, perhaps empty; only for show
 * @param signature the principal's signature over {@link #message}
 */
public record Certificate(
    PublicKey principal,
    Bytes scope,
    PublicKey instance,
    InstanceKind kind,
    String name,
    Signature signature) {

  /** The version byte of its form. */
  public static final int VERSION = 0;

  /** Its canonical form: what is signed, then the signature. */
  public static final Codec<Certificate> CODEC = Codec.of(Certificate::write, Certificate::read);

  private static final HashContext MESSAGE = HashContext.of("certificate");

  /** Checks sizes, and that a key does not certify itself. */
  public Certificate {
    checkFields(principal, scope, instance, name);
  }

  private static void checkFields(
      PublicKey principal, Bytes scope, PublicKey instance, String name) {
    if (scope.size() != Limits.PUBLIC_KEY_BYTES) {
      throw new IllegalArgumentException("scope of " + scope.size() + " bytes, allowed 32");
    }
    if (principal.equals(instance)) {
      throw new IllegalArgumentException("a key certifies itself");
    }
    long size = Utf8.encodedSize(name);
    if (size < 0 || size > Limits.INSTANCE_NAME_BYTES) {
      throw new IllegalArgumentException("instance name of " + size + " bytes, allowed 0 to 64");
    }
  }

  /**
   * What a principal is asked to sign.
   *
   * @param principal the long-term key that will sign
   * @param scope the topic's id or, in a genesis, its seed
   * @param instance the key to certify
   * @param kind what it is for
   * @param name what its owner calls it
   */
  public record Unsigned(
      PublicKey principal, Bytes scope, PublicKey instance, InstanceKind kind, String name) {

    /** Checks as {@link Certificate} does. */
    public Unsigned {
      checkFields(principal, scope, instance, name);
    }

    /** Returns the 32 bytes to sign. */
    public Bytes message() {
      return MESSAGE.hash(writer -> {
        writer.u8(VERSION);
        writeFields(writer, this);
      });
    }

    /** Returns the certificate with its signature. */
    public Certificate signed(Signature signature) {
      return new Certificate(principal, scope, instance, kind, name, signature);
    }
  }

  /** Returns the part that is signed. */
  public Unsigned unsigned() {
    return new Unsigned(principal, scope, instance, kind, name);
  }

  /** Returns the 32 bytes that the principal signs: {@code H("certificate", …)}. */
  public Bytes message() {
    return unsigned().message();
  }

  /** Returns what is to be verified before the certificate is believed. */
  public SignedClaim claim() {
    return new SignedClaim(principal, message(), signature);
  }

  private static void writeFields(CanonicalWriter writer, Unsigned fields) {
    PublicKey.CODEC.write(writer, fields.principal());
    writer.fixed(fields.scope());
    PublicKey.CODEC.write(writer, fields.instance());
    InstanceKind.CODEC.write(writer, fields.kind());
    writer.text(fields.name(), Limits.INSTANCE_NAME_BYTES);
  }

  private static void write(CanonicalWriter writer, Certificate value) {
    writer.u8(VERSION);
    writeFields(writer, value.unsigned());
    Signature.CODEC.write(writer, value.signature());
  }

  private static Certificate read(CanonicalReader reader) {
    reader.version(VERSION);
    PublicKey principal = PublicKey.CODEC.read(reader.at("principal"));
    Bytes scope = reader.at("scope").fixed(Limits.PUBLIC_KEY_BYTES);
    PublicKey instance = PublicKey.CODEC.read(reader.at("instance key"));
    if (instance.equals(principal)) {
      throw reader.fail("instance key", "the principal itself", "another key");
    }
    InstanceKind kind = InstanceKind.CODEC.read(reader.at("instance kind"));
    String name = reader.at("instance name").text(Limits.INSTANCE_NAME_BYTES);
    Signature signature = Signature.CODEC.read(reader.at("signature"));
    return new Certificate(principal, scope, instance, kind, name, signature);
  }
}
