// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.event;

import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.CanonicalReader;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.bytes.Codec;
import org.myrhiza.bytes.Decoded;

/**
 * The payload of an app's event: a tag that the kernel reads (the manifest names it), then bytes
 * that it does not. It has no version byte of its own: the header's stands for it.
 *
 * @param tag 1 to {@link Limits#TAG}; 0 is what a genesis is delivered under
 * @param body the app's bytes
 */
public record AppPayload(int tag, Bytes body) {
  /** The tag in LEB128, then all bytes that are left. */
  public static final Codec<AppPayload> CODEC = Codec.of(AppPayload::write, AppPayload::read);

  /** Checks tag and size. */
  public AppPayload {
    if (tag < 1) {
      throw new IllegalArgumentException("tag " + tag + ", allowed 1 to " + Limits.TAG);
    }
    if (body.size() > Limits.PAYLOAD_BYTES - org.myrhiza.bytes.Limits.LEB_BYTES) {
      throw new IllegalArgumentException("body of " + body.size() + " bytes");
    }
  }

  /** Returns the canonical bytes. */
  public Bytes encode() {
    return CODEC.encode(this);
  }

  /** Reads a payload. */
  public static Decoded<AppPayload> decode(Bytes payload) {
    return CODEC.decode(payload);
  }

  private static void write(CanonicalWriter writer, AppPayload value) {
    writer.lebInt(value.tag, Limits.TAG).fixed(value.body);
  }

  private static AppPayload read(CanonicalReader reader) {
    int tag = (int) reader.at("tag").lebLong(1, Limits.TAG);
    int max = Limits.PAYLOAD_BYTES - org.myrhiza.bytes.Limits.LEB_BYTES;
    return new AppPayload(tag, reader.at("body").rest(max));
  }
}
