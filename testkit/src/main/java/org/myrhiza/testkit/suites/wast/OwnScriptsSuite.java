// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.wast;

import org.junit.jupiter.api.Test;
import org.myrhiza.testkit.suite.Proves;

/** Our own component scripts: what the Component Model's suite does not ask, on every engine. */
public final class OwnScriptsSuite {
  /** Made once per test. */
  public OwnScriptsSuite() {}

  @Test
  void indirectCallsBetweenModules_compareTypes() {
    ComponentScripts.judgeOwn("tables.wast");
  }

  @Test
  @Proves("COMPONENT-7")
  void callsThatMightComeBackIn_trap() {
    ComponentScripts.judgeOwn("reentrance.wast");
  }

  @Test
  void recursionWithoutEnd_trapsAndTheNextInstanceRuns() {
    ComponentScripts.judgeOwn("recursion.wast");
  }

  @Test
  void handles_belongToTheirInstance() {
    ComponentScripts.judgeOwn("handles.wast");
  }

  @Test
  void memoriesOfOneModule_areTheirOwn() {
    ComponentScripts.judgeOwn("memories.wast");
  }

  @Test
  void exceptions_reachTheirCatchOrTrap() {
    ComponentScripts.judgeOwn("exceptions.wast");
  }
}
