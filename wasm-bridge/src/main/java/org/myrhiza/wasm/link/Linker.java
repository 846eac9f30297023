// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.link;

import org.myrhiza.wasm.binary.WasmResult;
import org.myrhiza.wasm.component.ComponentValidator;
import org.myrhiza.wasm.component.ValidComponent;
import org.myrhiza.wasm.core.FeatureSet;
import org.myrhiza.wasm.meter.Metering;

/**
 * Resolves a component into a {@link Blueprint}. All of a component is known before it runs, except
 * what its host gives; so its definitions are evaluated once for every instance, nested components
 * included, and what is left is a list of core instances to make and of functions to call.
 */
public final class Linker {
  private Linker() {}

  /**
   * Decodes, validates, rewrites and links a component whose code is metered.
   *
   * @param bytes the component; not changed and not kept
   * @param set what its core modules may use
   * @return the plan, or why there is none
   */
  public static WasmResult<Blueprint> link(byte[] bytes, FeatureSet set) {
    return link(bytes, set, Metering.ON);
  }

  /**
   * The same under {@link FeatureSet#BRIDGE} without metering: code runs as fast as the engine can,
   * may run for ever, and ends of the native stack are the guest's. For tools that a user can stop;
   * never for what others sent.
   *
   * @param bytes the component; not changed and not kept
   * @return the plan, or why there is none
   */
  public static WasmResult<Blueprint> linkUnmetered(byte[] bytes) {
    return link(bytes, FeatureSet.BRIDGE, Metering.OFF);
  }

  /**
   * Links a component that was validated before, such as one that was composed of others.
   *
   * @param component the component
   * @param set what it was validated with
   * @param metering whether its code keeps accounts; without them only under {@link
   *     FeatureSet#BRIDGE}
   * @return the plan, or why there is none
   */
  public static WasmResult<Blueprint> link(
      ValidComponent component, FeatureSet set, Metering metering) {
    if (metering == Metering.OFF && set != FeatureSet.BRIDGE) {
      throw new IllegalArgumentException("without accounts under " + set);
    }
    return WasmResult.of(() -> new Evaluation(component, set, metering).root());
  }

  private static WasmResult<Blueprint> link(byte[] bytes, FeatureSet set, Metering metering) {
    return switch (ComponentValidator.validate(bytes, set)) {
      case WasmResult.Failed<ValidComponent> f -> new WasmResult.Failed<>(f.error());
      case WasmResult.Ok<ValidComponent> ok -> link(ok.value(), set, metering);
    };
  }
}
