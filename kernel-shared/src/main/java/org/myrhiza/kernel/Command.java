// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.kernel;

import java.util.List;
import java.util.Optional;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.Admission;
import org.myrhiza.event.BundleId;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.view.Field;

/**
 * What a user or tool asks of a kernel. An <em>instance</em> is named by its topic id, a unique
 * prefix of it with at least 6 characters after {@code mytopic1}, or its local name.
 */
public sealed interface Command {
  /** Who am I; answered by {@link Reply.Identified}. */
  record Identity() implements Command {}

  /**
   * Create an app instance; answered by {@link Reply.Opened}.
   *
   * @param bundle the bundle file
   * @param name name of the topic; empty for the bundle's name
   * @param fields answers to the creation form
   * @param relays relay URLs; empty for the settings'
   * @param trusted the bundle to which consent is given already
   * @param admission who may join
   */
  record CreateApp(
      Bytes bundle,
      String name,
      List<Field> fields,
      List<String> relays,
      Optional<BundleId> trusted,
      Admission admission)
      implements Command {
    /** Copies the lists. */
    public CreateApp {
      fields = List.copyOf(fields);
      relays = List.copyOf(relays);
    }

    /** One that everybody may join who knows the topic. */
    public CreateApp(
        Bytes bundle,
        String name,
        List<Field> fields,
        List<String> relays,
        Optional<BundleId> trusted) {
      this(bundle, name, fields, relays, trusted, Admission.OPEN);
    }
  }

  /**
   * Join an instance; answered by {@link Reply.Opened} once a peer said that nothing is missing.
   *
   * @param invite an invitation as text or link
   * @param name local name; empty for the topic's
   * @param trusted the bundle to which consent is given already
   * @param timeoutMillis after how long to give up
   */
  record JoinApp(String invite, String name, Optional<BundleId> trusted, long timeoutMillis)
      implements Command {
    /** What is wrong with it by itself, whatever the peer holds: nothing needs to be opened. */
    public Optional<Reply.Failed> misuse() {
      return Joining.misuse(this);
    }
  }

  /** All instances; answered by {@link Reply.Listed}. */
  record ListApps() implements Command {}

  /** The view of an instance; answered by {@link Reply.Viewed}. */
  record ViewApp(String instance) implements Command {}

  /**
   * Do an action of the current view; answered by {@link Reply.Acted} once it is on disk.
   *
   * @param instance which instance
   * @param action the action's name
   * @param fields what goes with it
   * @param waitMillis 0, or how long to wait until another peer has it too
   */
  record Act(String instance, String action, List<Field> fields, long waitMillis)
      implements Command {
    /** Copies the list. */
    public Act {
      fields = List.copyOf(fields);
    }
  }

  /**
   * Events in canonical order; answered by {@link Reply.Logged}.
   *
   * @param instance which instance
   * @param from first position, from 0
   * @param limit most rows, 1 to {@link Limits#LOG_ROWS}
   */
  record AppLog(String instance, long from, int limit) implements Command {}

  /**
   * A current invitation; answered by {@link Reply.Invited}. Where a topic takes invited ones only,
   * each call makes a new one, for one user.
   */
  record Invite(String instance) implements Command {}

  /**
   * Let a user in by name; answered by {@link Reply.Governed} once that is on disk.
   *
   * @param instance which instance; its topic is not open
   * @param user a long-term key
   */
  record Admit(String instance, PublicKey user) implements Command {}

  /**
   * Shut a user out for good: what he writes from now on counts nowhere. Answered by {@link
   * Reply.Governed} once that is on disk.
   *
   * @param instance which instance
   * @param user a long-term key
   */
  record Fence(String instance, PublicKey user) implements Command {}

  /** Forget an instance and all it stored; answered by {@link Reply.Departed}. */
  record Leave(String instance) implements Command {}

  /** Relays, links and instances; answered by {@link Reply.StatusShown}. */
  record Status() implements Command {}

  /** Begin or end {@link Effect.Changed}; answered by {@link Reply.Watching}. */
  record Watch(boolean on) implements Command {}

  /**
   * Whoever asked a command no longer waits; a join is given up. Answered by {@link Reply.Done}.
   */
  record Forget(long token) implements Command {}
}
