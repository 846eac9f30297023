// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.value;

import org.jspecify.annotations.Nullable;

/** The tokens of a WAVE text, one at a time, with the position for messages. */
final class WaveReader {
  private static final String QUOTES = "\"\"\"";
  private static final int GREATEST_CODE_POINT = 0x10ffff;
  private static final int HEX = 16;
  private static final int HEX_BITS = 4;

  private final String text;
  private int at;

  private WaveReader(String text, int at) {
    this.text = text;
    this.at = at;
  }

  static WaveReader over(String text, int from) throws WaveException {
    if (text.length() > Limits.TEXT_CHARS) {
      throw new WaveException(
          0, "text", text.length() + " characters", "at most " + Limits.TEXT_CHARS);
    }
    return new WaveReader(text, from);
  }

  /** Where the next token begins. */
  int next() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '/' && at + 1 < text.length() && text.charAt(at + 1) == '/') {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
        at++;
      } else {
        break;
      }
    }
    return at;
  }

  /** Whether the next token begins with the character. */
  boolean sees(char wanted) {
    return next() < text.length() && text.charAt(at) == wanted;
  }

  /** Takes a character that is a token, if it is next. */
  boolean takes(char wanted) {
    boolean seen = sees(wanted);
    if (seen) {
      at++;
    }
    return seen;
  }

  void expect(String what, char wanted) throws WaveException {
    if (!takes(wanted)) {
      throw wrong(what, "'" + wanted + "'");
    }
  }

  /** Takes a token of several characters, if it is next and does not go on. */
  boolean takes(String token) {
    int end = next() + token.length();
    boolean ends = end >= text.length() || !isWordPart(text.charAt(end));
    boolean seen = text.startsWith(token, at) && ends;
    at = seen ? end : at;
    return seen;
  }

  void expectEnd() throws WaveException {
    if (next() < text.length()) {
      throw wrong("text after the value", "nothing");
    }
  }

  /** The failure of the next token. */
  WaveException wrong(String what, String allowed) {
    return new WaveException(next(), what, shown(), allowed);
  }

  private String shown() {
    if (at >= text.length()) {
      return "the end";
    }
    int end = at;
    while (end < text.length() && end - at < Limits.SHOWN_CHARS && isWordPart(text.charAt(end))) {
      end++;
    }
    if (end > at) {
      return text.substring(at, end);
    }
    int point = text.codePointAt(at);
    StringBuilder out = new StringBuilder();
    WaveEscapes.append(out, point, '\'');
    return "'" + out + "'";
  }

  /** The word that comes next, its percent sign included, or null; it is not taken. */
  @Nullable String peekWord() {
    int start = next();
    int end = start;
    if (end < text.length() && text.charAt(end) == '%') {
      end++;
    }
    int first = end;
    if (end >= text.length() || !isLetter(text.charAt(end))) {
      return null;
    }
    while (end < text.length() && isWordPart(text.charAt(end))) {
      end++;
    }
    return end - first > org.myrhiza.wasm.component.Limits.NAME_BYTES
        ? null
        : text.substring(start, end);
  }

  /** Takes a word that {@link #peekWord} showed. */
  void skip(String word) {
    at += word.length();
  }

  /** Takes a label, whose percent sign is dropped. */
  String label(String what) throws WaveException {
    String word = peekWord();
    if (word == null) {
      throw wrong(what, "a name");
    }
    skip(word);
    return word.startsWith("%") ? word.substring(1) : word;
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isWordPart(char c) {
    return isLetter(c) || isDigit(c) || c == '-';
  }

  private int digits(int from) {
    int end = from;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /** Takes a number as JSON has it: no plus, no leading zeros. */
  String number(String what, String allowed) throws WaveException {
    int start = next();
    int whole = sees('-') ? at + 1 : at;
    int end = digits(whole);
    if (end == whole || (text.charAt(whole) == '0' && end > whole + 1)) {
      throw wrong(what, allowed);
    }
    if (end < text.length() && text.charAt(end) == '.') {
      int fraction = digits(end + 1);
      if (fraction == end + 1) {
        throw wrong(what, "digits after the point");
      }
      end = fraction;
    }
    if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
      end = exponent(what, end + 1);
    }
    if (end - start > Limits.NUMBER_CHARS) {
      throw new WaveException(
          start, what, end - start + " characters", "at most " + Limits.NUMBER_CHARS);
    }
    if (end < text.length() && (isWordPart(text.charAt(end)) || text.charAt(end) == '.')) {
      throw wrong(what, allowed);
    }
    at = end;
    return text.substring(start, end);
  }

  private int exponent(String what, int from) throws WaveException {
    boolean signed = from < text.length() && (text.charAt(from) == '+' || text.charAt(from) == '-');
    int first = signed ? from + 1 : from;
    int end = digits(first);
    if (end == first) {
      throw wrong(what, "digits in the exponent");
    }
    return end;
  }

  /** Takes {@code 'x'}. */
  int character() throws WaveException {
    expect("char", '\'');
    if (at < text.length() && text.charAt(at) == '\'') {
      throw wrongHere("char", "a character between the quotes");
    }
    int point = codePoint("char");
    if (at >= text.length() || text.charAt(at) != '\'') {
      throw wrongHere("char", "the closing '");
    }
    at++;
    return point;
  }

  /** Takes a string in either form. */
  String string() throws WaveException {
    if (sees('"') && text.startsWith(QUOTES, at)) {
      return multiline();
    }
    expect("string", '"');
    StringBuilder out = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"') {
      out.appendCodePoint(codePoint("string"));
    }
    if (at >= text.length()) {
      throw wrongHere("string", "the closing \"");
    }
    at++;
    return out.toString();
  }

  private WaveException wrongHere(String what, String allowed) {
    return new WaveException(at, what, shown(), allowed);
  }

  /** One character of a text, escaped or not. */
  private int codePoint(String what) throws WaveException {
    if (at >= text.length()) {
      throw wrongHere(what, "a character");
    }
    char c = text.charAt(at);
    if (c == '\\') {
      return escape(what);
    }
    if (c == '\n') {
      throw wrongHere(what, "\\n for a line end");
    }
    int point = text.codePointAt(at);
    if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
      throw wrongHere(what, "Unicode scalar values");
    }
    at += Character.charCount(point);
    return point;
  }

  private int escape(String what) throws WaveException {
    int start = at;
    char c = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
    at += 2;
    return switch (c) {
      case '\'', '"', '\\' -> c;
      case 't' -> '\t';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 'u' -> hexEscape(what, start);
      default -> {
        at = start + 1;
        throw wrongHere("escape in a " + what, "one of ' \" \\ t n r u{…}");
      }
    };
  }

  private int hexEscape(String what, int start) throws WaveException {
    int close = text.indexOf('}', at);
    int digits = close - at - 1;
    if (at >= text.length()
        || text.charAt(at) != '{'
        || close < 0
        || digits < 1
        || digits > Limits.ESCAPE_DIGITS) {
      at = Math.min(at, text.length());
      throw wrongHere("escape in a " + what, "{ with 1 to 6 hexadecimal digits and }");
    }
    int point = 0;
    for (int i = at + 1; i < close; i++) {
      int digit = hexDigit(text.charAt(i));
      if (digit < 0) {
        at = i;
        throw wrongHere("escape in a " + what, "hexadecimal digits");
      }
      point = (point << HEX_BITS) | digit;
    }
    boolean surrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    if (surrogate || point > GREATEST_CODE_POINT) {
      throw new WaveException(
          start, "escape in a " + what, Integer.toString(point, HEX), "a Unicode scalar value");
    }
    at = close + 1;
    return point;
  }

  private static int hexDigit(char c) {
    if (isDigit(c)) {
      return c - '0';
    }
    char lower = (char) (c | ' ');
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  }

  /** Lines between triple quotes, without the indentation of the closing ones. */
  private String multiline() throws WaveException {
    int start = at;
    at += QUOTES.length();
    if (!lineEnd()) {
      throw wrongHere("string", "a line end after " + QUOTES);
    }
    int close = text.indexOf(QUOTES, at);
    if (close < 0) {
      throw new WaveException(start, "string", "no end", "the closing " + QUOTES);
    }
    int indent = 0;
    while (close - indent > at && text.charAt(close - indent - 1) == ' ') {
      indent++;
    }
    int lastEnd = close - indent - 1;
    if (lastEnd < at || text.charAt(lastEnd) != '\n') {
      at = close;
      throw wrongHere("string", "the closing " + QUOTES + " on a line of its own");
    }
    StringBuilder out = new StringBuilder();
    boolean first = true;
    while (at <= lastEnd) {
      if (!first) {
        out.append('\n');
      }
      first = false;
      line(out, indent);
    }
    at = close + QUOTES.length();
    return out.toString();
  }

  private void line(StringBuilder out, int indent) throws WaveException {
    for (int i = 0; i < indent; i++) {
      if (text.charAt(at) != ' ') {
        throw wrongHere("string", indent + " spaces at the start of each line");
      }
      at++;
    }
    while (!lineEnd()) {
      out.appendCodePoint(codePoint("string"));
    }
  }

  private boolean lineEnd() {
    if (text.startsWith("\r\n", at)) {
      at += 2;
      return true;
    }
    if (text.startsWith("\n", at)) {
      at++;
      return true;
    }
    return false;
  }
}
