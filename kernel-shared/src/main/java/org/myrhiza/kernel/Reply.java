// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.kernel;

import java.util.List;
import java.util.Optional;
import org.myrhiza.event.EventId;
import org.myrhiza.event.TopicId;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.instance.InstanceStatus;
import org.myrhiza.instance.LogRow;
import org.myrhiza.view.View;

/** The answer to a {@link Command}. */
public sealed interface Reply {
  /** The installation's public keys. */
  record Identified(PublicKey user, PublicKey peer, PublicKey transport) implements Reply {}

  /**
   * An instance was created or joined; an invitation as text, empty when one has to be made first.
   */
  record Opened(InstanceStatus status, String invite) implements Reply {}

  /** All instances, by topic id. */
  record Listed(List<InstanceStatus> instances) implements Reply {
    /** Copies the list. */
    public Listed {
      instances = List.copyOf(instances);
    }
  }

  /** What an app shows. */
  record Viewed(InstanceStatus status, View view) implements Reply {}

  /**
   * An action became an event that is on disk.
   *
   * @param instance its topic
   * @param event its id
   * @param position its place in the canonical order now, from 0
   * @param verdict what the app said
   */
  record Acted(TopicId instance, EventId event, long position, ActVerdict verdict)
      implements Reply {}

  /** What the app said to an event; the reason is empty when it accepted. */
  record ActVerdict(boolean accepted, String reason) {}

  /** A page of the log; more says whether rows follow. */
  record Logged(TopicId instance, List<LogRow> rows, boolean more) implements Reply {
    /** Copies the list. */
    public Logged {
      rows = List.copyOf(rows);
    }
  }

  /** An invitation as text, and what is doubtful about it. */
  record Invited(TopicId instance, String invite, List<String> warnings) implements Reply {
    /** Copies the list. */
    public Invited {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * A user was let in or shut out.
   *
   * @param instance its topic
   * @param user the user's long-term key
   * @param event the event that says so; empty when an earlier one did
   */
  record Governed(TopicId instance, PublicKey user, Optional<EventId> event) implements Reply {}

  /** An instance was left. */
  record Departed(TopicId instance) implements Reply {}

  /** Relays, number of links, and instances. */
  record StatusShown(List<RelayRow> relays, int links, List<InstanceStatus> instances)
      implements Reply {
    /** Copies the lists. */
    public StatusShown {
      relays = List.copyOf(relays);
      instances = List.copyOf(instances);
    }
  }

  /** A relay, whether it is up, and why not. */
  record RelayRow(String url, boolean up, String reason) {}

  /** Changes are told from now on; this is how things stand. */
  record Watching(List<InstanceStatus> instances) implements Reply {
    /** Copies the list. */
    public Watching {
      instances = List.copyOf(instances);
    }
  }

  /** It is done, and there is nothing to say. */
  record Done() implements Reply {}

  /**
   * It failed.
   *
   * @param type kind of failure, a kebab-case word that programs read
   * @param message what is wrong, the value seen and what is allowed
   * @param hint what to do next; may be empty
   * @param at where: an instance, a field, an address; may be empty
   * @param exitCode 1 to 6: 1 failed, 2 wrong use, 3 consent or prerequisite missing, 4 rejected by
   *     the app, 5 nobody reachable in time, 6 data damaged or of a newer format
   */
  record Failed(String type, String message, String hint, String at, int exitCode)
      implements Reply {
    /**
     * Checks the exit code.
     *
     * @throws IllegalArgumentException when it is not 1 to 6
     */
    public Failed {
      if (exitCode < 1 || exitCode > 6) {
        throw new IllegalArgumentException("exit code " + exitCode);
      }
    }
  }
}
