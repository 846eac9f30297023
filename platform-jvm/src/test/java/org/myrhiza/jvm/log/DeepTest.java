// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.myrhiza.testkit.deep.DeepRun;

/** What neutral suites have no time for: other seeds than Chromium's, and every crash. */
final class DeepTest {
  @Tag("nightly")
  @ParameterizedTest
  @CsvSource({
    "delivery,1000000,10000",
    "standing,1000000,10000",
    "skip,1000000,10000",
    "crash,1,1",
    "order,1000,100000",
  })
  void propertyHoldsAtLength(String property, int first, int count) {
    assertThat(DeepRun.of(property, first, count)).isNotEmpty();
  }
}
