// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.myrhiza.instance.InstanceStatus;
import org.myrhiza.jvm.control.ControlClient;
import org.myrhiza.jvm.peer.ConsentAsker;
import org.myrhiza.jvm.peer.PeerEars;
import org.myrhiza.kernel.Command;
import org.myrhiza.kernel.Reply;

/** While a running peer works on a command, asks it again and again how far its instances are. */
final class Following {
  /** Gives the status of all instances. */
  interface Source {
    List<InstanceStatus> ask() throws IOException;
  }

  private Following() {}

  /** Follows over a control connection of its own, once a second, until the answer is here. */
  static void of(Path folder, PeerEars ears, CompletableFuture<Reply> answer) {
    Thread.ofVirtual()
        .name("myrhiza-following")
        .start(() -> follow(new Asking(folder), ears, answer, Duration.ofSeconds(1)));
  }

  /**
   * Tells every status until the answer is here or the peer no longer says anything: then whoever
   * waits for the answer learns why.
   *
   * @param pause between the questions, and before the first
   */
  static void follow(
      Source source, PeerEars ears, CompletableFuture<Reply> answer, Duration pause) {
    try {
      while (!isHere(answer, pause)) {
        source.ask().forEach(ears::changed);
      }
    } catch (IOException gone) {
      ears.warned("the running peer no longer says how far it is: " + gone.getMessage());
    }
  }

  private static boolean isHere(CompletableFuture<Reply> answer, Duration pause) {
    return answer
        .handle((reply, failure) -> true)
        .completeOnTimeout(false, pause.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }

  /** Asks a running peer; connects anew each time, so that nothing is left open. */
  private record Asking(Path folder) implements Source {
    @Override
    public List<InstanceStatus> ask() throws IOException {
      Optional<ControlClient> connected = ControlClient.connect(folder);
      if (connected.isEmpty()) {
        throw new IOException("nobody listens in " + folder);
      }
      try (ControlClient client = connected.get()) {
        return client.ask(new Command.Status(), ConsentAsker.REFUSE)
                instanceof Reply.StatusShown shown
            ? shown.instances()
            : List.of();
      }
    }
  }
}
