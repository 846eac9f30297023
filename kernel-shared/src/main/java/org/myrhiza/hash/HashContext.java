// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.hash;

import java.util.function.Consumer;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.bytes.Words;

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
  public Bytes hash(Words encodedFields) {
    return encodedFields.size() > Blake3.CHUNK
        ? stream().update(encodedFields.toBytes()).finish()
        : Blake3.ofMaterial(key, encodedFields);
  }

  /** Returns the 32-byte hash of what {@code fields} writes. */
  public Bytes hash(Consumer<CanonicalWriter> fields) {
    return written(new CanonicalWriter(), fields);
  }

  /**
   * Returns the 32-byte hash of what {@code fields} writes.
   *
   * @param expected about how many bytes, 0 and above
   */
  public Bytes hash(int expected, Consumer<CanonicalWriter> fields) {
    return written(new CanonicalWriter(expected), fields);
  }

  private Bytes written(CanonicalWriter writer, Consumer<CanonicalWriter> fields) {
    fields.accept(writer);
    return hash(writer);
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
