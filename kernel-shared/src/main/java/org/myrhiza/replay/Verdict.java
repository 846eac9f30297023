// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.replay;

import org.myrhiza.bytes.CanonicalReader;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.bytes.Codec;

/**
 * What became of an event at its place. Only {@link #accepted()} is agreed on between peers; kind,
 * reason and fuel are this peer's own.
 *
 * @param reason empty when accepted or not applied; cut at 512 characters
 * @param fuel used, 0 or more
 */
public record Verdict(Kind kind, String reason, long fuel) {
  /** How the event ended. */
  public enum Kind {
    /** The app accepted it. */
    ACCEPTED(0),
    /** The app or a limit of the state rejected it. */
    REJECTED(1),
    /** The guest trapped. */
    TRAPPED(2),
    /** The guest ran out of fuel. */
    OUT_OF_FUEL(3),
    /** An event of the kernel's own that no app gets. */
    NOT_APPLIED(4);

    /** How many there are. */
    static final int COUNT = 5;

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    /** Returns the code that stands for it in the store, from 0. */
    int code() {
      return code;
    }

    /** Returns the kind of a code below {@link #COUNT}. */
    static Kind of(int code) {
      return switch (code) {
        case 0 -> ACCEPTED;
        case 1 -> REJECTED;
        case 2 -> TRAPPED;
        case 3 -> OUT_OF_FUEL;
        default -> NOT_APPLIED;
      };
    }
  }

  static final Verdict NOTHING = new Verdict(Kind.NOT_APPLIED, "", 0);

  static final Codec<Verdict> CODEC = Codec.of(Verdict::write, Verdict::read);

  /** Cuts the reason. */
  public Verdict {
    reason = cut(reason);
  }

  /** Returns whether the event's writes are part of the state. */
  public boolean accepted() {
    return kind == Kind.ACCEPTED;
  }

  private static String cut(String reason) {
    if (reason.length() <= Limits.REASON_CHARS) {
      return reason;
    }
    int end = Limits.REASON_CHARS;
    return reason.substring(0, Character.isHighSurrogate(reason.charAt(end - 1)) ? end - 1 : end);
  }

  private static void write(CanonicalWriter w, Verdict verdict) {
    w.u8(verdict.kind.code);
    w.text(verdict.reason, Limits.REASON_BYTES);
    w.u64(verdict.fuel);
  }

  private static Verdict read(CanonicalReader r) {
    int code = r.u8();
    if (code >= Kind.COUNT) {
      throw r.fail("kind of a verdict", Integer.toString(code), "0 to 4");
    }
    String reason = r.text(Limits.REASON_BYTES);
    if (reason.length() > Limits.REASON_CHARS) {
      throw r.fail("characters of a reason", reason.length() + "", Limits.REASON_CHARS + "");
    }
    return new Verdict(Kind.of(code), reason, r.u64());
  }
}
