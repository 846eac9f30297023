// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bytes;

/** The kinds of text that people copy: each a bech32m text with a prefix of its own. */
public enum TextId {
  /** A transport key, by which a peer is dialled. */
  PEER("mypeer", Limits.ID_BYTES, Limits.ID_BYTES),
  /** A long-term key: a person. */
  USER("myuser", Limits.ID_BYTES, Limits.ID_BYTES),
  /** A topic: one running instance of an app. */
  TOPIC("mytopic", Limits.ID_BYTES, Limits.ID_BYTES),
  /** A bundle: an app's code, by the hash of its manifest. */
  BUNDLE("mybundle", Limits.ID_BYTES, Limits.ID_BYTES),
  /** An event. */
  EVENT("myevent", Limits.ID_BYTES, Limits.ID_BYTES),
  /** An invitation: whoever holds it may join. */
  INVITE("myinvite", 1, Limits.BECH32M_DATA_BYTES);

  private final String prefix;
  private final int minBytes;
  private final int maxBytes;

  TextId(String prefix, int minBytes, int maxBytes) {
    this.prefix = prefix;
    this.minBytes = minBytes;
    this.maxBytes = maxBytes;
  }

  /** Returns the text before the separator {@code 1}. */
  public String prefix() {
    return prefix;
  }

  /**
   * Returns the text of an id.
   *
   * @throws IllegalArgumentException if the bytes are too few or too many for this kind
   */
  public String write(Bytes data) {
    if (data.size() < minBytes || data.size() > maxBytes) {
      throw new IllegalArgumentException(prefix + " of " + data.size() + " bytes");
    }
    return Bech32m.encode(prefix, data);
  }

  /** Parses a text of this kind, in lower case as {@link #write} gives it. */
  public Decoded<Bytes> parse(String text) {
    String start = prefix + '1';
    if (!text.regionMatches(true, 0, start, 0, start.length())) {
      String seen = text.substring(0, Math.min(text.length(), start.length()));
      return Decoded.bad("text", 0, "\"" + seen + "\"", start + "…");
    }
    return Bech32m.decode(text).then(parsed -> check(text, parsed));
  }

  private Decoded<Bytes> check(String text, Bech32m.Parsed parsed) {
    if (!parsed.prefix().equals(prefix)) {
      return Decoded.bad("prefix", 0, parsed.prefix(), prefix);
    }
    int size = parsed.data().size();
    if (size < minBytes || size > maxBytes) {
      return Decoded.bad(
          prefix, prefix.length() + 1L, size + " bytes", minBytes + " to " + maxBytes + " bytes");
    }
    if (!text.startsWith(prefix)) {
      return Decoded.bad(prefix, 0, "upper case", "lower case");
    }
    return Decoded.ok(parsed.data());
  }
}
