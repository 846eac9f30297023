// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.instance;

import java.util.List;
import org.myrhiza.bundle.Bundle;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.BundleId;
import org.myrhiza.event.TopicId;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.replay.Applier;
import org.myrhiza.replay.ApplyLimits;
import org.myrhiza.state.StateReader;
import org.myrhiza.view.Field;
import org.myrhiza.view.View;

/**
 * A verified bundle as an app: its exports as functions. All calls are synchronous and bounded by
 * fuel, and none throws.
 */
public interface App {
  /** The bundle. */
  Bundle bundle();

  /** The bundle's id. */
  default BundleId id() {
    return bundle().id();
  }

  /** The modules that the engine has to hold before anything is called. */
  List<Module> modules();

  /** Whether the engine holds them. */
  boolean isReady();

  /** The fuel that replay may spend on it. */
  ApplyLimits limits();

  /** Its apply in one topic. */
  Applier applier(Facts facts);

  /** What it asks before a topic is created. */
  Said<View> creationForm(Self self);

  /** What a new topic begins with. */
  Said<Bytes> create(Self self, List<Field> fields);

  /** What it shows. */
  Said<View> view(StateReader state, Facts facts);

  /** The event that an action becomes. */
  Said<Proposed> propose(StateReader state, Facts facts, ActRequest request);

  /**
   * A core module as the engine takes it.
   *
   * @param hash 32 bytes, by which the engine knows it
   * @param code the module
   */
  record Module(Bytes hash, Bytes code) {}

  /**
   * What an app is told of its topic and of who looks.
   *
   * @param topic the topic
   * @param founder the principal that created it
   * @param name its name
   * @param self this installation
   */
  record Facts(TopicId topic, PublicKey founder, String name, Self self) {}

  /**
   * An event that an app proposes.
   *
   * @param tag what kind of event, 1 or above
   * @param body the app's bytes
   */
  record Proposed(int tag, Bytes body) {}

  /**
   * What an app said.
   *
   * @param <T> what it was asked for
   */
  sealed interface Said<T> {
    /** The answer. */
    record Yes<T>(T value) implements Said<T> {}

    /** No answer, for a reason. */
    record No<T>(Problem problem) implements Said<T> {}
  }

  /** Whether a bundle's components can run here. */
  sealed interface Admitted {
    /** They can, once the modules are prepared. */
    record Runs(App app) implements Admitted {}

    /** They cannot, for a reason that names the component. */
    record Refused(String reason) implements Admitted {}
  }
}
