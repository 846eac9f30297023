// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suite;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the sections of the specification that a test method would show to be broken. The table
 * {@code docs/spec/coverage.md} is made from these, read from the sources.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.SOURCE)
public @interface Proves {
  /**
   * Ids of sections: what stands at the head of a section ({@code ORDER-4}); where that is a number
   * alone, the page's name before it ({@code METERING-3}).
   */
  String[] value();
}
