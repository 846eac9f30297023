// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.component;

import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.binary.WasmException;

/** The grammar of names (Explainer.md, Import and Export Definitions). */
final class Names {
  private static final String CONSTRUCTOR = "[constructor]";
  private static final String METHOD = "[method]";
  private static final String STATIC = "[static]";
  private static final String[] BRACKETED = {
    "unlocked-dep=<", "locked-dep=<", "url=<", "integrity=<"
  };

  private Names() {}

  /** What a name says of what it names. */
  enum Kind {
    /** A label. */
    PLAIN,
    /** A constructor of the resource. */
    CONSTRUCTOR,
    /** A method of the resource. */
    METHOD,
    /** A function that belongs to the resource. */
    STATIC,
    /** An interface of a package. */
    INTERFACE,
    /** A place or hash to find an implementation by. */
    DEPENDENCY
  }

  /**
   * A parsed name.
   *
   * @param kind its form
   * @param resource the label of the resource, or the only label, or the whole name
   * @param member the label after the dot; empty without one
   */
  record Parsed(Kind kind, String resource, String member) {
    /** Names of which two in one scope are too much alike have the same key. */
    String key() {
      String owner = folded(resource);
      return switch (kind) {
        case PLAIN, INTERFACE, DEPENDENCY -> owner;
        case CONSTRUCTOR -> CONSTRUCTOR + owner;
        case METHOD, STATIC -> folded(member).equals(owner) ? owner : owner + "." + folded(member);
      };
    }

    /** Whether it belongs to a resource. */
    boolean annotated() {
      return kind == Kind.CONSTRUCTOR || kind == Kind.METHOD || kind == Kind.STATIC;
    }
  }

  /**
   * Parses a name.
   *
   * @param name the name
   * @param offset where it stands
   * @throws WasmException when it is none
   */
  static Parsed parse(String name, int offset) throws WasmException {
    if (name.startsWith(CONSTRUCTOR)) {
      String label = name.substring(CONSTRUCTOR.length());
      return new Parsed(Kind.CONSTRUCTOR, label(label, name, offset), "");
    }
    if (name.startsWith(METHOD)) {
      return member(Kind.METHOD, name.substring(METHOD.length()), name, offset);
    }
    if (name.startsWith(STATIC)) {
      return member(Kind.STATIC, name.substring(STATIC.length()), name, offset);
    }
    for (String start : BRACKETED) {
      if (name.startsWith(start)) {
        return bracketed(name, start, offset);
      }
    }
    if (name.indexOf(':') >= 0) {
      String wrong = interfaceFault(name);
      if (wrong != null) {
        throw WasmException.invalid(offset, "name " + name, wrong, "namespace:package/interface");
      }
      return new Parsed(Kind.INTERFACE, name, "");
    }
    return new Parsed(Kind.PLAIN, label(name, name, offset), "");
  }

  private static Parsed member(Kind kind, String rest, String name, int offset)
      throws WasmException {
    int dot = rest.indexOf('.');
    if (dot < 0) {
      throw WasmException.invalid(offset, "name " + name, "no dot", "resource.function");
    }
    String resource = label(rest.substring(0, dot), name, offset);
    return new Parsed(kind, resource, label(rest.substring(dot + 1), name, offset));
  }

  private static Parsed bracketed(String name, String start, int offset) throws WasmException {
    int close = name.indexOf('>');
    boolean whole = close == name.length() - 1;
    boolean hashed = close > 0 && name.startsWith(",integrity=<", close + 1) && name.endsWith(">");
    if (close <= start.length() || (name.indexOf('<', start.length()) >= 0 && !hashed)) {
      throw WasmException.invalid(offset, "name " + name, "no text in <>", start + "…>");
    }
    if (!whole && !hashed) {
      throw WasmException.invalid(offset, "name " + name, "something after it", start + "…>");
    }
    return new Parsed(Kind.DEPENDENCY, name, "");
  }

  private static String label(String label, String name, int offset) throws WasmException {
    if (!isKebab(label)) {
      throw WasmException.invalid(
          offset, "name " + name, "\"" + label + "\"", "a label in kebab case");
    }
    return label;
  }

  /** What makes the text no interface name, or null. */
  static @Nullable String interfaceFault(String name) {
    int colon = name.indexOf(':');
    int slash = name.indexOf('/');
    if (colon < 0 || slash < colon) {
      return "no package and interface";
    }
    int at = name.indexOf('@');
    int end = at < 0 ? name.length() : at;
    if (slash > end) {
      return "no interface";
    }
    if (!isLowerKebab(name.substring(0, colon))
        || !isLowerKebab(name.substring(colon + 1, slash))) {
      return "namespace or package not in lower kebab case";
    }
    if (!isKebab(name.substring(slash + 1, end))) {
      return "interface not in kebab case";
    }
    return at < 0 || Versions.isVersion(name.substring(at + 1)) ? null : "a malformed version";
  }

  /**
   * Words with a dash between them, each all in lower or all in upper case with digits, the first
   * one with a letter at its start.
   */
  static boolean isKebab(String label) {
    boolean first = true;
    int start = 0;
    while (start <= label.length()) {
      int dash = label.indexOf('-', start);
      int end = dash < 0 ? label.length() : dash;
      if (!isWord(label, start, end, first)) {
        return false;
      }
      first = false;
      start = end + 1;
    }
    return true;
  }

  private static boolean isWord(String text, int from, int to, boolean first) {
    if (from == to || (first && isDigit(text.charAt(from)))) {
      return false;
    }
    boolean lower = false;
    boolean upper = false;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      lower |= c >= 'a' && c <= 'z';
      upper |= c >= 'A' && c <= 'Z';
      if (!isDigit(c) && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z')) {
        return false;
      }
    }
    return !(lower && upper);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isLowerKebab(String label) {
    return isKebab(label) && label.equals(folded(label));
  }

  /** ASCII letters in lower case, everything else as it is. */
  static String folded(String name) {
    StringBuilder out = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      out.append(c >= 'A' && c <= 'Z' ? (char) (c + 'a' - 'A') : c);
    }
    return out.toString();
  }
}
