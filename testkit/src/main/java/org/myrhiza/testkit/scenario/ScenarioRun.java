// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.scenario;

import org.myrhiza.testkit.sim.SimPlatform;

/**
 * Runs a scenario: users act and things go wrong as planned, then all is calm, then it is judged.
 */
public final class ScenarioRun {
  private ScenarioRun() {}

  /** Runs a scenario to its end. */
  public static Report of(Scenario scenario, SimPlatform platform) {
    Stage stage = new Stage(scenario, platform);
    Judge judge = new Judge(stage);
    try {
      Troubles troubles = new Troubles(stage);
      for (Operation operation : scenario.operations()) {
        stage.world().after(operation.atMillis(), () -> perform(operation, stage, troubles));
      }
      stage.world().run(scenario.endMillis() + 1);
      stage.calm();
      return judge.judge();
    } catch (IllegalStateException | IllegalArgumentException | NullPointerException thrown) {
      return judge.broke(thrown);
    }
  }

  private static void perform(Operation operation, Stage stage, Troubles troubles) {
    switch (operation) {
      case Operation.Act act -> stage.act(act);
      case Operation.Trouble trouble -> troubles.begin(trouble);
    }
  }
}
