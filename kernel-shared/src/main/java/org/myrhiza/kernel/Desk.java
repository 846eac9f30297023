// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.myrhiza.instance.ActRequest;
import org.myrhiza.instance.ActResult;
import org.myrhiza.instance.InstanceStatus;
import org.myrhiza.instance.ViewResult;
import org.myrhiza.instance.Wish;

/** Carries out commands. */
final class Desk {
  private static final long ASK_AGAIN_MILLIS = 500;

  /** A list waits so long at most: under load nothing need ever be settled. */
  private static final long LIST_MILLIS = 5_000;

  private final House house;
  private final Replies replies;
  private final Names names;
  private final Governing governing;
  private final TreeMap<String, Reply.RelayRow> relays = new TreeMap<>();
  private final List<Listing> listings = new ArrayList<>();
  private boolean watching;

  /** A list that waits for what it tells to be settled, until a time. */
  private record Listing(long token, long untilMillis) {}

  Desk(House house, Replies replies) {
    this.house = house;
    this.replies = replies;
    this.names = new Names(house);
    this.governing = new Governing(house, replies);
  }

  void relay(Reply.RelayRow row) {
    relays.put(row.url(), row);
  }

  boolean isWatching() {
    return watching;
  }

  void handle(long token, Command command) {
    switch (command) {
      case Command.Identity identity -> {
        Settings.Keys keys = house.settings().keys();
        replies.answer(
            token, new Reply.Identified(keys.longTerm(), house.ownKey().key(), keys.transport()));
      }
      case Command.CreateApp create -> Creation.start(house, replies, token, create);
      case Command.JoinApp join -> Joining.start(house, replies, token, join);
      case Command.ListApps list ->
          listings.add(new Listing(token, house.outbox().now() + LIST_MILLIS));
      case Command.ViewApp view -> find(token, view.instance(), room -> view(token, room));
      case Command.Act act -> find(token, act.instance(), room -> act(token, room, act));
      case Command.AppLog log -> find(token, log.instance(), room -> log(token, room, log));
      case Command.Invite invite ->
          find(token, invite.instance(), room -> governing.invite(token, room));
      case Command.Admit admit ->
          find(token, admit.instance(), room -> governing.admit(token, room, admit.user()));
      case Command.Fence fence ->
          find(token, fence.instance(), room -> governing.fence(token, room, fence.user()));
      case Command.Leave leave -> find(token, leave.instance(), room -> leave(token, room));
      case Command.Status status ->
          replies.answer(
              token,
              new Reply.StatusShown(
                  List.copyOf(relays.values()), house.links().count(), statuses()));
      case Command.Watch watch -> {
        watching = watch.on();
        replies.answer(token, new Reply.Watching(statuses()));
      }
      case Command.Forget forget -> {
        replies.forget(forget.token());
        replies.answer(token, new Reply.Done());
      }
    }
  }

  /** Answers the lists that were asked for, once every state is at the end of its log. */
  void wake() {
    if (listings.isEmpty()) {
      return;
    }
    boolean settled = house.live().stream().allMatch(room -> room.instance().isSettled());
    long now = house.outbox().now();
    for (Listing each : List.copyOf(listings)) {
      if (settled || now >= each.untilMillis()) {
        listings.remove(each);
        replies.answer(each.token(), new Reply.Listed(statuses()));
      }
    }
  }

  private List<InstanceStatus> statuses() {
    List<InstanceStatus> all = new ArrayList<>();
    for (Room room : house.live()) {
      all.add(room.status());
    }
    return all;
  }

  private void find(long token, String text, Consumer<Room> then) {
    switch (names.find(text)) {
      case Names.Found.One one -> then.accept(one.room());
      case Names.Found.NotOne none -> replies.fail(token, none.problem(), text);
    }
  }

  private void view(long token, Room room) {
    Consumer<Runnable> whenShowable = then -> room.when(room.instance()::isShowable, then);
    whenShowable.accept(
        () -> room.instance().view(whenShowable, seen -> viewed(token, room, seen)));
  }

  private void viewed(long token, Room room, ViewResult seen) {
    switch (seen) {
      case ViewResult.Shown shown ->
          replies.answer(token, new Reply.Viewed(room.status(), shown.view()));
      case ViewResult.Unseen unseen ->
          replies.fail(token, unseen.problem(), room.record().topic().text());
    }
  }

  private void act(long token, Room room, Command.Act act) {
    room.instance()
        .act(
            new Wish.Act(new ActRequest(act.action(), act.fields())),
            result -> {
              switch (result) {
                case ActResult.Failed failed ->
                    replies.fail(token, failed.problem(), room.record().topic().text());
                case ActResult.Done done when act.waitMillis() == 0 ->
                    replies.answer(token, acted(room, done));
                case ActResult.Done done -> replicate(token, room, done, act.waitMillis());
              }
            });
  }

  private static Reply acted(Room room, ActResult.Done done) {
    return new Reply.Acted(
        room.record().topic(),
        done.event().id(),
        done.position(),
        new Reply.ActVerdict(done.accepted(), done.reason()));
  }

  /** Answers when another peer said that it holds the event. */
  private void replicate(long token, Room room, ActResult.Done done, long waitMillis) {
    room.when(
        () -> !replies.isOpen(token) || room.sync().isHeldElsewhere(done.event()),
        () -> replies.answer(token, acted(room, done)));
    room.timer(
        house.outbox().now() + waitMillis,
        () ->
            replies.fail(token, Refusals.notReplicated(waitMillis), room.record().topic().text()));
    askUntilAnswered(token, room);
  }

  private void askUntilAnswered(long token, Room room) {
    if (!replies.isOpen(token)) {
      return;
    }
    room.sync().askAll();
    room.timer(house.outbox().now() + ASK_AGAIN_MILLIS, () -> askUntilAnswered(token, room));
  }

  private void log(long token, Room room, Command.AppLog log) {
    int size = room.instance().log().held();
    int from = (int) Math.min(log.from(), size);
    int limit = Math.max(1, Math.min(log.limit(), Limits.LOG_ROWS));
    room.instance()
        .rows(
            from,
            limit,
            rows -> {
              boolean more = from + rows.size() < size;
              replies.answer(token, new Reply.Logged(room.record().topic(), rows, more));
            });
  }

  private void leave(long token, Room room) {
    house.close(room, Refusals.left());
    house.erase(room);
    replies.answer(token, new Reply.Departed(room.record().topic()));
  }
}
