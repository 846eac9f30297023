// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.instance;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Makes the modules of an app ready, one after the other. */
public final class Preparation {
  private final List<App.Module> modules;
  private final BiConsumer<App.Module, Consumer<Optional<String>>> prepare;
  private final Consumer<Optional<String>> then;
  private int next;

  private Preparation(
      App app,
      BiConsumer<App.Module, Consumer<Optional<String>>> prepare,
      Consumer<Optional<String>> then) {
    this.modules = app.modules();
    this.prepare = prepare;
    this.then = then;
  }

  /**
   * Starts.
   *
   * @param app the app
   * @param prepare makes one module ready and tells the reason of a failure, or nothing
   * @param then told the reason of the first failure, or nothing
   */
  public static void start(
      App app,
      BiConsumer<App.Module, Consumer<Optional<String>>> prepare,
      Consumer<Optional<String>> then) {
    new Preparation(app, prepare, then).goOn();
  }

  private void goOn() {
    if (next == modules.size()) {
      then.accept(Optional.empty());
      return;
    }
    App.Module module = modules.get(next);
    next++;
    prepare.accept(
        module,
        failure -> {
          if (failure.isPresent()) {
            then.accept(Optional.of("the engine refused a component: " + failure.get()));
          } else {
            goOn();
          }
        });
  }
}
