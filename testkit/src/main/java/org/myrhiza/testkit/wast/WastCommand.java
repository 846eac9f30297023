// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.wast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One form of a script. */
public sealed interface WastCommand {
  /** The line that it begins on, from 1. */
  int line();

  /**
   * A component that has to be valid and is instantiated at once.
   *
   * @param name for definition and instance, or null
   * @param form the component
   */
  record Component(int line, @Nullable String name, WastForm form) implements WastCommand {}

  /**
   * A component that has to be valid.
   *
   * @param name for later use, or null
   * @param form the component
   */
  record Definition(int line, @Nullable String name, WastForm form) implements WastCommand {}

  /**
   * Makes an instance of a definition.
   *
   * @param name for later use, or null
   * @param definition which, or null for the last one
   */
  record Instance(int line, @Nullable String name, @Nullable String definition)
      implements WastCommand {}

  /** A call that has to return, whatever it returns. */
  record Invoke(int line, Call call) implements WastCommand {}

  /**
   * A call and what it has to return.
   *
   * @param expected nothing or one value
   */
  record AssertReturn(int line, Call call, List<WastValue> expected) implements WastCommand {
    /** Copies the list. */
    public AssertReturn {
      expected = List.copyOf(expected);
    }
  }

  /**
   * A call that has to trap.
   *
   * @param message what other implementations say
   */
  record AssertTrap(int line, Call call, String message) implements WastCommand {}

  /**
   * A component that has to trap when it is instantiated.
   *
   * @param message what other implementations say
   */
  record AssertTrapAtStart(int line, WastForm form, String message) implements WastCommand {}

  /**
   * A component that has to be refused.
   *
   * @param phase when
   * @param message what other implementations say
   */
  record AssertRefused(int line, Phase phase, WastForm form, String message)
      implements WastCommand {}

  /**
   * A form that nobody knows; it fails.
   *
   * @param form its name
   */
  record Unknown(int line, String form) implements WastCommand {}

  /** When a component is refused. */
  enum Phase {
    /** Its text or its bytes cannot be read. */
    MALFORMED,
    /** It breaks a rule. */
    INVALID,
    /** It does not get what it imports. */
    UNLINKABLE
  }

  /**
   * A call of an exported function.
   *
   * @param instance whose, or null for the last one
   * @param field the export's name
   * @param arguments in order
   */
  record Call(@Nullable String instance, String field, List<WastValue> arguments) {
    /** Copies the list. */
    public Call {
      arguments = List.copyOf(arguments);
    }
  }
}
