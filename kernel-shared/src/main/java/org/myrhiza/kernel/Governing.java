// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.Admission;
import org.myrhiza.event.Admit;
import org.myrhiza.event.EventKind;
import org.myrhiza.event.Fence;
import org.myrhiza.event.TopicPolicy;
import org.myrhiza.frame.Invitation;
import org.myrhiza.frame.OneTimeSecret;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.instance.ActResult;
import org.myrhiza.instance.Problem;
import org.myrhiza.instance.Wish;
import org.myrhiza.log.Admittance;
import org.myrhiza.log.Log;

/** Who may take part in a topic: invitations, admissions and fences, each an event of its own. */
final class Governing {
  private static final int SECRET_BYTES = org.myrhiza.frame.Limits.KEY_BYTES;

  private final House house;
  private final Replies replies;

  Governing(House house, Replies replies) {
    this.house = house;
    this.replies = replies;
  }

  private static TopicPolicy policy(Room room) {
    return room.instance().log().genesis().orElseThrow().policy();
  }

  private boolean mayAdmit(Room room) {
    PublicKey user = house.self().principal();
    return policy(room).mayAdmit(user) || user.equals(founder(room));
  }

  private static PublicKey founder(Room room) {
    return room.instance().log().at(0).principal();
  }

  private void fail(long token, Room room, Problem problem) {
    replies.fail(token, problem, room.record().topic().text());
  }

  // ---- invitations

  /** Answers with a current invitation, in a topic that takes invited ones with a new one. */
  void invite(long token, Room room) {
    if (!begun(token, room)) {
      return;
    }
    switch (policy(room).admission()) {
      case OPEN -> invited(token, room, Invites.current(house, room), List.of());
      case NAMED ->
          invited(token, room, Invites.current(house, room), List.of(Refusals.onlyToRead()));
      case INVITED -> {
        if (mayAdmit(room)) {
          invitation(
              room,
              made -> invited(token, room, made, List.of()),
              problem -> fail(token, room, problem));
        } else {
          fail(token, room, Refusals.noAdmitter(founder(room)));
        }
      }
    }
  }

  /** A room whose data are damaged may lack even its genesis. */
  private boolean begun(long token, Room room) {
    boolean begun = room.instance().log().genesis().isPresent();
    if (!begun) {
      fail(token, room, Refusals.notBegun(room.instance().note()));
    }
    return begun;
  }

  private void invited(long token, Room room, Invitation invitation, List<String> more) {
    List<String> warnings = new ArrayList<>(more);
    warnings.addAll(
        Refusals.inviteWarnings(!invitation.relays().isEmpty(), !invitation.addresses().isEmpty()));
    replies.answer(token, new Reply.Invited(room.record().topic(), invitation.text(), warnings));
  }

  /** Makes an invitation for one user, which is told once the event that admits it is on disk. */
  void invitation(Room room, Consumer<Invitation> made, Consumer<Problem> failed) {
    OneTimeSecret secret = OneTimeSecret.of(house.randomness().bytes(SECRET_BYTES));
    PublicKey key = house.ports().oneTime().publicKey(secret.seed());
    Bytes payload = Admit.CODEC.encode(new Admit(Admit.Subject.INVITATION, key));
    room.instance()
        .act(
            new Wish.Deed(EventKind.ADMIT, payload),
            result -> {
              switch (result) {
                case ActResult.Done done ->
                    made.accept(Invites.current(house, room).with(Optional.of(secret)));
                case ActResult.Failed failure -> failed.accept(failure.problem());
              }
            });
  }

  // ---- users

  /** Lets a user in by name, unless that is done. */
  void admit(long token, Room room, PublicKey user) {
    if (!begun(token, room)) {
      return;
    }
    Problem refused = admitRefusal(room, user);
    if (refused != null) {
      fail(token, room, refused);
      return;
    }
    Admit admit = new Admit(Admit.Subject.PRINCIPAL, user);
    if (isIn(room.instance().log(), user)) {
      replies.answer(token, new Reply.Governed(room.record().topic(), user, Optional.empty()));
    } else {
      write(token, room, user, new Wish.Deed(EventKind.ADMIT, Admit.CODEC.encode(admit)));
    }
  }

  private @Nullable Problem admitRefusal(Room room, PublicKey user) {
    if (policy(room).admission() == Admission.OPEN) {
      return Refusals.openTopic();
    }
    if (!mayAdmit(room)) {
      return Refusals.noAdmitter(founder(room));
    }
    boolean out = Admittance.of(room.instance().log(), user, Optional.empty()).isShutOut();
    return out ? Refusals.userShutOut(user) : null;
  }

  private static boolean isIn(Log log, PublicKey user) {
    return Admittance.of(log, user, Optional.empty()).isIn();
  }

  /** Shuts a user out for good, unless that is done. */
  void fence(long token, Room room, PublicKey user) {
    if (!begun(token, room)) {
      return;
    }
    TopicPolicy policy = policy(room);
    if (!policy.fencers().contains(house.self().principal())) {
      fail(token, room, Refusals.noFencer(founder(room)));
    } else if (policy.fencers().contains(user)) {
      fail(token, room, Refusals.unfenceable(user));
    } else if (Admittance.of(room.instance().log(), user, Optional.empty()).isShutOut()) {
      replies.answer(token, new Reply.Governed(room.record().topic(), user, Optional.empty()));
    } else {
      Bytes payload = Fence.CODEC.encode(new Fence(Fence.Subject.PRINCIPAL, user));
      write(token, room, user, new Wish.Deed(EventKind.FENCE, payload));
    }
  }

  private void write(long token, Room room, PublicKey user, Wish.Deed deed) {
    room.instance()
        .act(
            deed,
            result -> {
              switch (result) {
                case ActResult.Done done ->
                    replies.answer(
                        token,
                        new Reply.Governed(
                            room.record().topic(), user, Optional.of(done.event().id())));
                case ActResult.Failed failure -> fail(token, room, failure.problem());
              }
            });
  }
}
