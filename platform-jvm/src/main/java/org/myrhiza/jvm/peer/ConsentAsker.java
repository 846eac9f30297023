// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.peer;

import java.util.List;
import java.util.function.Consumer;
import org.myrhiza.event.BundleId;

/** Who decides whether a bundle may run here; asked for one command. */
@FunctionalInterface
public interface ConsentAsker {
  /** Refuses everything: nobody is there to be asked. */
  ConsentAsker REFUSE = (bundle, name, summary, answer) -> answer.accept(false);

  /**
   * Asks. Called on the kernel's thread: return at once.
   *
   * @param summary author, hash and capabilities in plain words
   * @param answer takes the decision once, on any thread
   */
  void ask(BundleId bundle, String name, List<String> summary, Consumer<Boolean> answer);
}
