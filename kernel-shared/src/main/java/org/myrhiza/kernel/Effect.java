// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.kernel;

import java.util.List;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.BundleId;
import org.myrhiza.event.TopicId;
import org.myrhiza.frame.ChannelId;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.identity.Signature;
import org.myrhiza.instance.InstanceStatus;

/**
 * What a kernel asks of its platform. Effects are carried out in the order in which they are
 * polled, except that completions may return in any order.
 */
public sealed interface Effect {
  /**
   * Read a range of the store, ascending; answered by {@link Input.Loaded}.
   *
   * @param token repeated in the answer
   * @param from first key
   * @param to first key behind the range
   * @param limit most entries; an answer may hold fewer, but not none while there are some
   */
  record Load(long token, Bytes from, Bytes to, int limit) implements Effect {}

  /**
   * Read single records of the store; answered by {@link Input.Loaded} with those that are there,
   * ascending, and as complete. Everything that was written before is on disk when it is polled.
   *
   * @param token repeated in the answer
   * @param keys 1 to {@link Limits#READ_KEYS} store keys, none twice
   */
  record Read(long token, List<Bytes> keys) implements Effect {
    /** Copies the list. */
    public Read {
      keys = List.copyOf(keys);
    }
  }

  /**
   * Write one atomic, synced batch; answered by {@link Input.Persisted}. One is in flight at most.
   *
   * @param token repeated in the answer
   * @param writes the changes, in order; between two ranges that are removed no key comes twice
   */
  record Persist(long token, List<Write> writes) implements Effect {
    /** Copies the list. */
    public Persist {
      writes = List.copyOf(writes);
    }
  }

  /**
   * Verify a signature under the one rule; answered by {@link Input.Verified} or {@link
   * Input.VerifiedMany}.
   */
  record Verify(long token, PublicKey key, Bytes message, Signature signature) implements Effect {}

  /** Sign a message; answered by {@link Input.Signed}. */
  record Sign(long token, KeyRole role, Bytes message) implements Effect {}

  /**
   * Make a core module ready for the engine; answered by {@link Input.Prepared}.
   *
   * @param token repeated in the answer
   * @param moduleHash the hash by which the engine keeps it
   * @param code the rewritten module
   */
  record Prepare(long token, Bytes moduleHash, Bytes code) implements Effect {}

  /** Submit {@link Input.TimerFired} at a time or later; never cancelled. */
  record SetTimer(long token, long atMillis) implements Effect {}

  /**
   * Make a new instance key in place of the one there is, for this run and later ones; answered by
   * {@link Input.InstanceMade} once that is on disk. What is to be signed before is signed with the
   * old key, what comes after with the new one.
   *
   * @param token repeated in the answer
   */
  record NewInstance(long token) implements Effect {}

  /**
   * Keep a mark outside of the store, durably, and tell it at the next start.
   *
   * @param mark {@link Limits#MARK_BYTES} bytes, which the store holds already
   */
  record KeepMark(Bytes mark) implements Effect {}

  /** Submit {@link Input.Stepped} soon, after other waiting inputs had their turn. */
  record StepAgain() implements Effect {}

  /** Be a member of a channel on these relays from now on; replaces what was said before. */
  record Attach(ChannelId channel, List<String> relays) implements Effect {
    /** Copies the list. */
    public Attach {
      relays = List.copyOf(relays);
    }
  }

  /** Leave a channel everywhere. */
  record Detach(ChannelId channel) implements Effect {}

  /** Try an address once; answered by {@link Input.LinkUp} or {@link Input.DialFailed}. */
  record Dial(PublicKey remote, String address) implements Effect {}

  /** Send a sealed frame over one link; may be lost. */
  record Send(LinkId link, Bytes frame) implements Effect {}

  /** Send a sealed frame to all members of a channel on all its relays; may be lost. */
  record Publish(ChannelId channel, Bytes frame) implements Effect {}

  /** Close a link, for a reason; of a relay link: drop what its remote sends. */
  record CloseLink(LinkId link, String reason) implements Effect {}

  /**
   * Ask the user whether an app may run; answered by {@link Input.Consented}.
   *
   * @param token repeated in the answer
   * @param command token of the command that waits for it, so that the right terminal asks
   * @param bundle the bundle
   * @param name its name
   * @param lines the summary, one line each
   */
  record AskConsent(long token, long command, BundleId bundle, String name, List<String> lines)
      implements Effect {
    /** Copies the list. */
    public AskConsent {
      lines = List.copyOf(lines);
    }
  }

  /** Answer a command. */
  record Answer(long token, Reply reply) implements Effect {}

  /** Show the new status of an instance; only after {@link Command.Watch}. */
  record Changed(TopicId instance, InstanceStatus status) implements Effect {}

  /** Tell the operator. */
  record Warn(String text) implements Effect {}

  /** Nothing works any more, and every command is answered with this failure. */
  record Halted(Reply.Failed failed) implements Effect {}
}
