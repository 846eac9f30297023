// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.cli.terminal.ExitCode;
import org.myrhiza.cli.terminal.Failure;
import org.myrhiza.event.BundleId;
import org.myrhiza.instance.InstanceStatus;
import org.myrhiza.instance.LogRow;
import org.myrhiza.jvm.peer.Peer;
import org.myrhiza.kernel.Command;
import org.myrhiza.kernel.Reply;
import org.myrhiza.view.Field;
import org.myrhiza.view.ViewText;

/** A native peer of the demonstration. */
final class NativePlayer implements Player {
  private static final long ANSWER_SECONDS = 60;
  private static final int LOG_PAGE = 500;

  private final String name;
  private final Peer peer;

  NativePlayer(String name, Peer peer) {
    this.name = name;
    this.peer = peer;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String stack() {
    return "jvm";
  }

  @Override
  public String engine() {
    return peer.engine();
  }

  Staged create(String app, Bytes bundle, List<Field> fields, BundleId id) throws Failure {
    Reply.Opened opened =
        ask(
            new Command.CreateApp(bundle, app, fields, List.of(), Optional.of(id)),
            Reply.Opened.class);
    return new Staged(app, opened.status().instance().text(), id, opened.invite());
  }

  @Override
  public String join(Staged app) throws Failure {
    Command join =
        new Command.JoinApp(
            app.invite(), "", Optional.of(app.bundle()), TimeUnit.SECONDS.toMillis(ANSWER_SECONDS));
    return ask(join, Reply.Opened.class).status().instance().text();
  }

  @Override
  public void act(String instance, String action, List<Field> fields) throws Failure {
    ask(new Command.Act(instance, action, fields, 0), Reply.Acted.class);
  }

  @Override
  public Seen seen(String instance) throws Failure {
    return ask(new Command.ListApps(), Reply.Listed.class).instances().stream()
        .filter(status -> status.instance().text().equals(instance))
        .map(NativePlayer::seen)
        .findFirst()
        .orElse(Seen.NOTHING);
  }

  private static Seen seen(InstanceStatus status) {
    return new Seen(
        status.counts().events(),
        status.counts().authored(),
        status.counts().accepted(),
        status.counts().rejected(),
        status.counts().rollbacks(),
        status.digest().toHex());
  }

  /** Returns the whole log of an instance. */
  List<LogRow> log(String instance) throws Failure {
    List<LogRow> rows = new ArrayList<>();
    Reply.Logged page;
    do {
      page = ask(new Command.AppLog(instance, rows.size(), LOG_PAGE), Reply.Logged.class);
      rows.addAll(page.rows());
    } while (page.more());
    return rows;
  }

  /** Returns an instance's view as text. */
  String view(String instance) throws Failure {
    return ViewText.render(ask(new Command.ViewApp(instance), Reply.Viewed.class).view());
  }

  private <T extends Reply> T ask(Command command, Class<T> type) throws Failure {
    try {
      Reply reply = peer.ask(command).get(ANSWER_SECONDS + 5, TimeUnit.SECONDS);
      if (reply instanceof Reply.Failed failed) {
        throw Failure.of(failed);
      }
      return type.cast(reply);
    } catch (TimeoutException late) {
      throw new Failure(ExitCode.UNREACHED, "timeout", name + " gave no answer", "", "");
    } catch (ExecutionException | InterruptedException ended) {
      throw new Failure(ExitCode.FAILED, "stopped", name + " stopped: " + ended, "", "");
    }
  }

  @Override
  public void close() {
    peer.close();
  }
}
