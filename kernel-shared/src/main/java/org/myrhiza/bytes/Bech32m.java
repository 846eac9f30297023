// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bytes;

/**
 * Bech32m (BIP-350): a prefix, the digit 1, data in an alphabet without look-alikes, and six
 * characters of checksum that catch every typing error of up to four characters in short texts.
 *
 * <p>Other than BIP-173 asks, a text may be longer than 90 characters, up to {@link
 * Limits#BECH32M_DATA_BYTES} bytes of data: an invitation carries addresses. Beyond 90 characters
 * the checksum is still 30 bits, only without the promise about four errors.
 */
public final class Bech32m {
  private static final String ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
  private static final int CHECKSUM_CHARS = 6;
  private static final int CHECKSUM = 0x2bc8_30a3;
  private static final int[] GENERATOR = {
    0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3
  };
  private static final int GROUP_BITS = 5;
  private static final int GROUP_MASK = 0x1f;
  private static final int MAX_GROUPS = (Limits.BECH32M_DATA_BYTES * 8 + 4) / GROUP_BITS;
  private static final int MAX_CHARS =
      Limits.BECH32M_PREFIX_CHARS + 1 + MAX_GROUPS + CHECKSUM_CHARS;
  private static final int FIRST_PREFIX_CHAR = 33;
  private static final int LAST_PREFIX_CHAR = 126;

  private Bech32m() {}

  /**
   * What a text says.
   *
   * @param prefix the part before the separator, in lower case
   * @param data the bytes
   */
  public record Parsed(String prefix, Bytes data) {}

  /**
   * Returns the lower-case text of a prefix and data.
   *
   * @throws IllegalArgumentException if the prefix is empty, too long or not lower-case ASCII, or
   *     the data longer than {@link Limits#BECH32M_DATA_BYTES}
   */
  public static String encode(String prefix, Bytes data) {
    if (prefixFault(prefix) >= 0 || !prefix.equals(lower(prefix))) {
      throw new IllegalArgumentException("prefix '" + prefix + "'");
    }
    if (data.size() > Limits.BECH32M_DATA_BYTES) {
      throw new IllegalArgumentException(data.size() + " bytes of data");
    }
    int[] groups = toGroups(data);
    StringBuilder text = new StringBuilder(prefix).append('1');
    int sum = prefixSum(prefix);
    for (int group : groups) {
      text.append(ALPHABET.charAt(group));
      sum = step(sum, group);
    }
    for (int i = 0; i < CHECKSUM_CHARS; i++) {
      sum = step(sum, 0);
    }
    sum ^= CHECKSUM;
    for (int i = CHECKSUM_CHARS - 1; i >= 0; i--) {
      text.append(ALPHABET.charAt((sum >> (i * GROUP_BITS)) & GROUP_MASK));
    }
    return text.toString();
  }

  /** Reads a text, all in lower case or all in upper case; offsets count characters. */
  public static Decoded<Parsed> decode(String text) {
    if (text.length() > MAX_CHARS) {
      return Decoded.bad("text", 0, text.length() + " characters", "at most " + MAX_CHARS);
    }
    String folded = lower(text);
    if (!text.equals(folded) && !text.equals(upper(text))) {
      return Decoded.bad("text", 0, "both cases", "one case throughout");
    }
    int separator = folded.lastIndexOf('1');
    if (separator < 1 || folded.length() - separator - 1 < CHECKSUM_CHARS) {
      return Decoded.bad(
          "text", 0, text.length() + " characters", "a prefix, '1', data, and 6 of checksum");
    }
    String prefix = folded.substring(0, separator);
    int fault = prefixFault(prefix);
    if (fault >= 0) {
      return Decoded.bad("prefix", fault, "its character", "1 to 83 characters of printable ASCII");
    }
    return decodeData(prefix, folded, separator + 1);
  }

  private static Decoded<Parsed> decodeData(String prefix, String text, int from) {
    int count = text.length() - from - CHECKSUM_CHARS;
    if (count > MAX_GROUPS) {
      return Decoded.bad("data", from, count + " characters", "at most " + MAX_GROUPS);
    }
    int[] groups = new int[count];
    int sum = prefixSum(prefix);
    for (int i = from; i < text.length(); i++) {
      int group = ALPHABET.indexOf(text.charAt(i));
      if (group < 0) {
        return Decoded.bad("character", i, Malformed.describe(text.charAt(i)), ALPHABET);
      }
      sum = step(sum, group);
      if (i - from < count) {
        groups[i - from] = group;
      }
    }
    if (sum != CHECKSUM) {
      return Decoded.bad(
          "checksum", from + (long) count, "one that does not fit", "the text as it was written");
    }
    return toBytes(groups, from).map(data -> new Parsed(prefix, data));
  }

  private static int[] toGroups(Bytes data) {
    int[] groups = new int[(data.size() * 8 + GROUP_BITS - 1) / GROUP_BITS];
    int held = 0;
    int bits = 0;
    int at = 0;
    for (int i = 0; i < data.size(); i++) {
      held = (held << 8) | data.at(i);
      bits += 8;
      while (bits >= GROUP_BITS) {
        bits -= GROUP_BITS;
        groups[at++] = (held >> bits) & GROUP_MASK;
      }
      held &= GROUP_MASK;
    }
    if (bits > 0) {
      groups[at] = (held << (GROUP_BITS - bits)) & GROUP_MASK;
    }
    return groups;
  }

  private static Decoded<Bytes> toBytes(int[] groups, int from) {
    int spare = groups.length * GROUP_BITS % 8;
    int end = from + groups.length;
    if (spare >= GROUP_BITS) {
      return Decoded.bad("data", end, "a character too many", "whole bytes");
    }
    byte[] out = new byte[groups.length * GROUP_BITS / 8];
    int held = 0;
    int bits = 0;
    int at = 0;
    for (int group : groups) {
      held = ((held << GROUP_BITS) | group) & 0xfff;
      bits += GROUP_BITS;
      if (bits >= 8) {
        bits -= 8;
        out[at++] = (byte) (held >> bits);
      }
    }
    if ((held & ((1 << spare) - 1)) != 0) {
      return Decoded.bad("data", end, "padding bits that are set", "zeros");
    }
    return Decoded.ok(Bytes.adopt(out));
  }

  /** Returns the index of the first character that a prefix may not have, or -1. */
  private static int prefixFault(String prefix) {
    if (prefix.isEmpty() || prefix.length() > Limits.BECH32M_PREFIX_CHARS) {
      return 0;
    }
    for (int i = 0; i < prefix.length(); i++) {
      char c = prefix.charAt(i);
      if (c < FIRST_PREFIX_CHAR || c > LAST_PREFIX_CHAR) {
        return i;
      }
    }
    return -1;
  }

  private static int prefixSum(String prefix) {
    int sum = 1;
    for (int i = 0; i < prefix.length(); i++) {
      sum = step(sum, prefix.charAt(i) >> GROUP_BITS);
    }
    sum = step(sum, 0);
    for (int i = 0; i < prefix.length(); i++) {
      sum = step(sum, prefix.charAt(i) & GROUP_MASK);
    }
    return sum;
  }

  /** One step of the checksum: multiply by x and reduce by the generator, over GF(32). */
  private static int step(int sum, int value) {
    int top = sum >>> 25;
    int next = ((sum & 0x1ff_ffff) << GROUP_BITS) ^ value;
    for (int i = 0; i < GENERATOR.length; i++) {
      if (((top >> i) & 1) != 0) {
        next ^= GENERATOR[i];
      }
    }
    return next;
  }

  /** Folds ASCII only: the platform's rules for other letters depend on language and version. */
  private static String lower(String text) {
    return fold(text, 'A', 'Z', 'a' - 'A');
  }

  private static String upper(String text) {
    return fold(text, 'a', 'z', 'A' - 'a');
  }

  private static String fold(String text, char first, char last, int shift) {
    StringBuilder folded = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      folded.append(c >= first && c <= last ? (char) (c + shift) : c);
    }
    return folded.toString();
  }
}
