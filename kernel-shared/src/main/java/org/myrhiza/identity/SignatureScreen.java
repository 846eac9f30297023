// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.identity;

import org.myrhiza.bytes.Bytes;

/**
 * The part of our signature rule on which implementations differ: S below the group order, A (the
 * key) and R canonically encoded and not of small order. What passes here and satisfies the
 * cofactorless equation is a good signature, on every stack.
 *
 * <p>RFC 8032 leaves these cases open, and libraries answer them in at least five ways (Chalkias,
 * Garillot, Nikolaenko, "Taming the many EdDSAs", 2020). A log in which one stack takes a signature
 * that another refuses does not converge. The screen is pure, cheap and works on bytes alone, so
 * that an asynchronous verifier can run behind it.
 *
 * <p>Small order: the eight points of the torsion group have five y-coordinates in canonical form
 * (0, 1, -1, and two of order eight), each but 1 and -1 with both signs. The sign bit does not
 * count in the comparison, which also refuses the two encodings of x = 0 with a set sign.
 */
public final class SignatureScreen {
  /** What the screen says about a key and a signature. */
  public enum Verdict {
    /** Nothing to object to: verify the equation. */
    PASS,
    /** S is the group order or above it: a second form of another signature. */
    S_TOO_LARGE,
    /** The key's y-coordinate is the field's prime or above it. */
    KEY_NOT_CANONICAL,
    /** The key is one of the points under which one signature fits many messages. */
    KEY_OF_SMALL_ORDER,
    /** R's y-coordinate is the field's prime or above it. */
    R_NOT_CANONICAL,
    /** R is a point of small order, which honest signing never gives. */
    R_OF_SMALL_ORDER
  }

  /** The group order L = 2^252 + 27742317777372353535851937790883648493, big-endian. */
  private static final Bytes ORDER =
      Bytes.hex("1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed");

  /** The field's prime p = 2^255 - 19, big-endian. */
  private static final Bytes PRIME =
      Bytes.hex("7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed");

  /** The y-coordinates of the points whose order divides eight, big-endian. */
  private static final Bytes[] SMALL_ORDER = {
    Bytes.hex("0000000000000000000000000000000000000000000000000000000000000000"),
    Bytes.hex("0000000000000000000000000000000000000000000000000000000000000001"),
    Bytes.hex("7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec"),
    Bytes.hex("05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826"),
    Bytes.hex("7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7")
  };

  private static final int HALF = 32;
  private static final int WITHOUT_SIGN = 0x7f;

  private SignatureScreen() {}

  /** Screens a key and a signature; constant work, no secret involved. */
  public static Verdict screen(PublicKey key, Signature signature) {
    Bytes s = reversed(signature.bytes(), HALF, 0xff);
    if (s.compareTo(ORDER) >= 0) {
      return Verdict.S_TOO_LARGE;
    }
    Bytes keyY = reversed(key.bytes(), 0, WITHOUT_SIGN);
    if (keyY.compareTo(PRIME) >= 0) {
      return Verdict.KEY_NOT_CANONICAL;
    }
    if (isOfSmallOrder(keyY)) {
      return Verdict.KEY_OF_SMALL_ORDER;
    }
    Bytes rY = reversed(signature.bytes(), 0, WITHOUT_SIGN);
    if (rY.compareTo(PRIME) >= 0) {
      return Verdict.R_NOT_CANONICAL;
    }
    return isOfSmallOrder(rY) ? Verdict.R_OF_SMALL_ORDER : Verdict.PASS;
  }

  private static boolean isOfSmallOrder(Bytes y) {
    for (Bytes small : SMALL_ORDER) {
      if (y.equals(small)) {
        return true;
      }
    }
    return false;
  }

  /** Returns 32 little-endian bytes in big-endian order, the top one masked. */
  private static Bytes reversed(Bytes source, int from, int topMask) {
    byte[] out = new byte[HALF];
    for (int i = 0; i < HALF; i++) {
      out[HALF - 1 - i] = (byte) source.at(from + i);
    }
    out[0] &= (byte) topMask;
    return Bytes.adopt(out);
  }
}
