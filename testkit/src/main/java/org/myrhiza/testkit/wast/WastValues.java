// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.wast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares values with what a script expects, and writes them as a script would. */
final class WastValues {
  private static final int F32_EXPONENT = 0x7f80_0000;
  private static final int F32_QUIET = 0x7fc0_0000;
  private static final long F64_EXPONENT = 0x7ff0_0000_0000_0000L;
  private static final long F64_QUIET = 0x7ff8_0000_0000_0000L;

  private WastValues() {}

  /** Whether a value is what is expected; floats by their bits, except for patterns of NaNs. */
  static boolean matches(@Nullable WastValue expected, @Nullable WastValue seen) {
    return switch (expected) {
      case WastValue.AnyNan nan -> isNan(nan, seen);
      case WastValue.Items e -> seen instanceof WastValue.Items s && all(e.items(), s.items());
      case WastValue.Tuple e -> seen instanceof WastValue.Tuple s && all(e.items(), s.items());
      case WastValue.Fields e -> seen instanceof WastValue.Fields s && allFields(e, s);
      case WastValue.Case e ->
          seen instanceof WastValue.Case s
              && e.label().equals(s.label())
              && matches(e.payload(), s.payload());
      case WastValue.Option e ->
          seen instanceof WastValue.Option s && matches(e.payload(), s.payload());
      case WastValue.Result e ->
          seen instanceof WastValue.Result s
              && e.ok() == s.ok()
              && matches(e.payload(), s.payload());
      case null -> seen == null;
      default -> expected.equals(seen);
    };
  }

  /** Whether lists of values are equal in this sense. */
  static boolean all(List<WastValue> expected, List<WastValue> seen) {
    boolean same = expected.size() == seen.size();
    for (int i = 0; same && i < expected.size(); i++) {
      same = matches(expected.get(i), seen.get(i));
    }
    return same;
  }

  private static boolean allFields(WastValue.Fields expected, WastValue.Fields seen) {
    boolean same = expected.fields().size() == seen.fields().size();
    for (int i = 0; same && i < expected.fields().size(); i++) {
      WastValue.Field e = expected.fields().get(i);
      WastValue.Field s = seen.fields().get(i);
      same = e.name().equals(s.name()) && matches(e.value(), s.value());
    }
    return same;
  }

  private static boolean isNan(WastValue.AnyNan pattern, @Nullable WastValue seen) {
    if (pattern.wide()) {
      return seen instanceof WastValue.F64(long bits)
          && (pattern.canonical()
              ? (bits & Long.MAX_VALUE) == F64_QUIET
              : (bits & F64_QUIET) == F64_QUIET && (bits & F64_EXPONENT) == F64_EXPONENT);
    }
    return seen instanceof WastValue.F32(int bits)
        && (pattern.canonical()
            ? (bits & Integer.MAX_VALUE) == F32_QUIET
            : (bits & F32_QUIET) == F32_QUIET && (bits & F32_EXPONENT) == F32_EXPONENT);
  }

  /** The values in the text format, floats as their bits. */
  static String text(List<WastValue> values) {
    if (values.isEmpty()) {
      return "nothing";
    }
    StringBuilder out = new StringBuilder();
    for (WastValue value : values) {
      out.append(out.isEmpty() ? "" : " ").append(text(value));
    }
    return out.toString();
  }

  private static String text(WastValue value) {
    return switch (value) {
      case WastValue.Bool b -> "(bool.const " + b.value() + ")";
      case WastValue.Int i ->
          "(" + i.type().name().toLowerCase(java.util.Locale.ROOT) + ".const " + digits(i) + ")";
      case WastValue.F32 f -> "(f32.const 0x" + Integer.toHexString(f.bits()) + " as bits)";
      case WastValue.F64 f -> "(f64.const 0x" + Long.toHexString(f.bits()) + " as bits)";
      case WastValue.AnyNan n ->
          (n.wide() ? "(f64" : "(f32")
              + ".const nan:"
              + (n.canonical() ? "canonical)" : "arithmetic)");
      case WastValue.Char c -> "(char.const U+" + Integer.toHexString(c.codePoint()) + ")";
      case WastValue.Text t -> "(str.const \"" + t.value() + "\")";
      case WastValue.Items l -> "(list.const" + spaced(l.items()) + ")";
      case WastValue.Tuple t -> "(tuple.const" + spaced(t.items()) + ")";
      case WastValue.Fields f -> "(record.const" + fields(f) + ")";
      case WastValue.Case c -> "(case \"" + c.label() + "\"" + optional(c.payload()) + ")";
      case WastValue.Option o ->
          o.payload() == null ? "(option.none)" : "(option.some" + optional(o.payload()) + ")";
      case WastValue.Result r ->
          (r.ok() ? "(result.ok" : "(result.err") + optional(r.payload()) + ")";
      case WastValue.Flags f -> "(flags.const " + f.labels() + ")";
    };
  }

  private static String digits(WastValue.Int value) {
    return value.type() == WastValue.Whole.U64
        ? Long.toUnsignedString(value.value())
        : Long.toString(value.value());
  }

  private static String spaced(List<WastValue> values) {
    return values.isEmpty() ? "" : " " + text(values);
  }

  private static String optional(@Nullable WastValue value) {
    return value == null ? "" : " " + text(value);
  }

  private static String fields(WastValue.Fields value) {
    StringBuilder out = new StringBuilder();
    for (WastValue.Field field : value.fields()) {
      out.append(" (field \"").append(field.name()).append("\" ");
      out.append(text(field.value())).append(")");
    }
    return out.toString();
  }
}
