// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.value;

/** The words of WAVE that no case may be written as without a percent sign before it. */
final class Keywords {
  static final String TRUE = "true";
  static final String FALSE = "false";
  static final String INF = "inf";
  static final String NAN = "nan";
  static final String SOME = "some";
  static final String NONE = "none";
  static final String OK = "ok";
  static final String ERR = "err";

  private Keywords() {}

  static boolean isKeyword(String word) {
    return switch (word) {
      case TRUE, FALSE, INF, NAN, SOME, NONE, OK, ERR -> true;
      default -> false;
    };
  }
}
