// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.hash;

import java.util.function.Consumer;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.CanonicalWriter;

/**
 * One of the project's named hashes: {@code H(name, fields…)} is BLAKE3's key derivation mode with
 * the context {@code myrhiza 0 NAME} over the canonical encoding of the fields. Two structures with
 * different names never share a hash, whatever their bytes.
 *
 * <p>Make one constant for each name: the context's own key is computed only once.
 */
public final class HashContext {
  private static final String PREFIX = "myrhiza 0 ";

  private final int[] key;

  private HashContext(int[] key) {
    this.key = key;
  }

  /** Returns the hash of a name. */
  public static HashContext of(String name) {
    return new HashContext(Blake3.contextKey(PREFIX + name));
  }

  /** Returns the 32-byte hash of fields that are already encoded. */
  public Bytes hash(Bytes encodedFields) {
    int size = encodedFields.size();
    if (size > Blake3.CHUNK) {
      return stream().update(encodedFields).finish();
    }
    byte[] padded = new byte[Blake3.padded(size)];
    encodedFields.copyTo(0, size, padded, 0);
    return Blake3.ofMaterial(key, padded, size);
  }

  /** Returns the 32-byte hash of what {@code fields} writes. */
  public Bytes hash(Consumer<CanonicalWriter> fields) {
    CanonicalWriter writer = new CanonicalWriter();
    fields.accept(writer);
    if (writer.size() > Blake3.CHUNK) {
      return stream().update(writer.toBytes()).finish();
    }
    byte[] padded = new byte[Blake3.padded(writer.size())];
    writer.copyTo(padded);
    return Blake3.ofMaterial(key, padded, writer.size());
  }

  /**
   * Returns the 32-byte hash of fields that are already encoded, at most a chunk of them.
   *
   * @param padded the fields and zeros up to the end of their last block
   */
  Bytes hash(byte[] padded, int size) {
    return Blake3.ofMaterial(key, padded, size);
  }

  /** Returns {@code length} bytes of extended output for fields that are already encoded. */
  public Bytes extended(Bytes encodedFields, int length) {
    return stream().update(encodedFields).finish(length);
  }

  /** Returns a hasher that takes the encoded fields piece by piece. */
  public Blake3 stream() {
    return Blake3.materialHasher(key);
  }
}
