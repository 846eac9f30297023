// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.view;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.bytes.Malformed;

/** Fits the fields that a user gave to a button or form of a view, or says what does not fit. */
public final class Filling {
  /** Digits of the longest integer taken: that of an unsigned 64-bit number. */
  private static final int WHOLE_DIGITS = 20;

  private Filling() {}

  /** Splits {@code name=value} at the first equals sign. */
  public static Decoded<Field> parse(String text) {
    int equals = text.indexOf('=');
    if (equals < 1 || !Field.withinBounds(text.substring(0, equals), text.substring(equals + 1))) {
      return new Decoded.Bad<>(new Malformed("field", 0, shown(text), "name=value"));
    }
    return new Decoded.Ok<>(new Field(text.substring(0, equals), text.substring(equals + 1)));
  }

  /**
   * Fills the button or form of an action.
   *
   * @param view the view that is shown now
   * @param action the action's name
   * @param given what the user gave, in any order
   */
  public static Filled fill(View view, String action, List<Field> given) {
    List<Action> candidates = new ArrayList<>();
    for (Action each : Actions.of(view)) {
      if (each.name().equals(action)) {
        candidates.add(each);
      }
    }
    if (candidates.isEmpty()) {
      return new Filled.Unready("there is no action " + shown(action) + " now", names(view));
    }
    Action only = onlyMatchingButton(candidates, given);
    if (only != null) {
      return new Filled.Ready(only.fixed());
    }
    for (Action each : candidates) {
      if (each.form()) {
        return fillInputs(each.inputs(), given);
      }
    }
    return new Filled.Unready("the fields fit no button of " + shown(action), usages(candidates));
  }

  /**
   * Fills a creation form: the first form of the view. Without a form nothing may be given.
   *
   * @param form what the app asks at creation
   * @param given what the user gave
   */
  public static Filled fillCreation(View form, List<Field> given) {
    for (Action each : Actions.of(form)) {
      if (each.form()) {
        return fillInputs(each.inputs(), given);
      }
    }
    return fillInputs(List.of(), given);
  }

  private static @Nullable Action onlyMatchingButton(List<Action> candidates, List<Field> given) {
    Action found = null;
    for (Action each : candidates) {
      if (each.form() || !each.fixed().containsAll(given)) {
        continue;
      }
      if (found != null && !found.fixed().equals(each.fixed())) {
        return null;
      }
      found = each;
    }
    return found;
  }

  private static Filled fillInputs(List<Element.Input> inputs, List<Field> given) {
    for (Field field : given) {
      if (inputs.stream().noneMatch(input -> input.name().equals(field.name()))) {
        return new Filled.Unready(
            "there is no field " + shown(field.name()),
            inputs.isEmpty() ? "nothing is asked: give no fields" : "fields: " + usage(inputs));
      }
    }
    List<Field> filled = new ArrayList<>();
    for (Element.Input input : inputs) {
      Filled.Unready wrong = fillInput(input, given, filled);
      if (wrong != null) {
        return wrong;
      }
    }
    if (filled.size() > Limits.FIELDS) {
      return new Filled.Unready(
          filled.size() + " fields are too many", "give at most " + Limits.FIELDS);
    }
    return new Filled.Ready(filled);
  }

  private static Filled.@Nullable Unready fillInput(
      Element.Input input, List<Field> given, List<Field> filled) {
    List<Field> mine = new ArrayList<>();
    for (Field field : given) {
      if (field.name().equals(input.name())) {
        mine.add(field);
      }
    }
    if (mine.isEmpty() && !input.value().isEmpty()) {
      mine.add(new Field(input.name(), input.value()));
    }
    if (mine.size() > 1 && !input.many()) {
      return unready(input, "was given " + mine.size() + " times");
    }
    if (input.required() && mine.stream().allMatch(field -> field.value().isEmpty())) {
      return unready(input, "is required");
    }
    for (Field field : mine) {
      if (!fits(input.kind(), field.value())) {
        return unready(input, "cannot be " + shown(field.value()));
      }
    }
    filled.addAll(mine);
    return null;
  }

  private static Filled.Unready unready(Element.Input input, String what) {
    return new Filled.Unready("field " + shown(input.name()) + " " + what, usage(List.of(input)));
  }

  private static boolean fits(InputKind kind, String value) {
    return switch (kind) {
      case InputKind.Text text -> true;
      case InputKind.Whole whole -> isWhole(value);
      case InputKind.Choice choice -> choice.options().contains(value);
      case InputKind.Flag flag -> value.equals("true") || value.equals("false");
    };
  }

  private static boolean isWhole(String value) {
    int start = value.startsWith("-") ? 1 : 0;
    int digits = value.length() - start;
    if (digits < 1 || digits > WHOLE_DIGITS) {
      return false;
    }
    for (int i = start; i < value.length(); i++) {
      if (value.charAt(i) < '0' || value.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static String names(View view) {
    List<String> names = new ArrayList<>();
    for (Action each : Actions.of(view)) {
      if (!each.name().isEmpty() && !names.contains(each.name())) {
        names.add(each.name());
      }
    }
    return names.isEmpty() ? "the view offers no action" : "actions: " + String.join(", ", names);
  }

  private static String usages(List<Action> candidates) {
    List<String> usages = new ArrayList<>();
    for (Action each : candidates) {
      usages.add(ViewText.usage(each));
    }
    return "one of: " + String.join("; ", usages);
  }

  private static String usage(List<Element.Input> inputs) {
    List<String> usages = new ArrayList<>();
    for (Element.Input input : inputs) {
      usages.add(ViewText.usage(input));
    }
    return String.join(" ", usages);
  }

  private static String shown(String text) {
    return '"' + Terminal.clean(text) + '"';
  }
}
