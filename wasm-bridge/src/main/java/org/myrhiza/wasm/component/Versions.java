// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.component;

/** Semantic versions (semver 2.0.0, section 2 to 10), as far as a name carries one. */
final class Versions {
  private Versions() {}

  static boolean isVersion(String text) {
    int plus = text.indexOf('+');
    String rest = plus < 0 ? text : text.substring(0, plus);
    if (plus >= 0 && !identifiers(text.substring(plus + 1), true)) {
      return false;
    }
    int dash = rest.indexOf('-');
    if (dash >= 0 && !identifiers(rest.substring(dash + 1), false)) {
      return false;
    }
    String[] numbers = (dash < 0 ? rest : rest.substring(0, dash)).split("\\.", -1);
    return numbers.length == 3
        && isNumber(numbers[0])
        && isNumber(numbers[1])
        && isNumber(numbers[2]);
  }

  private static boolean identifiers(String text, boolean zerosAllowed) {
    for (String part : text.split("\\.", -1)) {
      if (part.isEmpty()) {
        return false;
      }
      boolean digits = true;
      for (int i = 0; i < part.length(); i++) {
        char c = part.charAt(i);
        boolean digit = c >= '0' && c <= '9';
        digits &= digit;
        if (!digit && c != '-' && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z')) {
          return false;
        }
      }
      if (digits && !zerosAllowed && !isNumber(part)) {
        return false;
      }
    }
    return true;
  }

  /** Digits without a leading zero. */
  private static boolean isNumber(String text) {
    if (text.isEmpty() || (text.length() > 1 && text.charAt(0) == '0')) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }
}
