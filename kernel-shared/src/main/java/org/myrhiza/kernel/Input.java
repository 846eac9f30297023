// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.kernel;

import java.util.List;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.frame.ChannelId;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.identity.Signature;

/**
 * What a platform tells a kernel. Every input carries the wall clock, in milliseconds since 1970;
 * it may step back. A token repeats the one of the effect that is answered.
 */
public sealed interface Input {
  /** The wall clock, 0 to 2^48 - 1. */
  long nowMillis();

  /**
   * The first input.
   *
   * @param nowMillis the wall clock
   * @param entropy 32 fresh random bytes, from which all randomness of this run is derived
   * @param settings what the platform knows
   */
  record Start(long nowMillis, Bytes entropy, Settings settings) implements Input {}

  /**
   * Answers {@link Effect.Load}.
   *
   * @param nowMillis the wall clock
   * @param token that of the effect
   * @param entries what was found, ascending by key
   * @param complete whether the range holds nothing beyond
   */
  record Loaded(long nowMillis, long token, List<StoreEntry> entries, boolean complete)
      implements Input {
    /** Copies the list. */
    public Loaded {
      entries = List.copyOf(entries);
    }
  }

  /** The store could not be read, for a reason. */
  record LoadFailed(long nowMillis, long token, String reason) implements Input {}

  /** Answers {@link Effect.Persist}: the batch is on disk and survives a power cut. */
  record Persisted(long nowMillis, long token) implements Input {}

  /** The batch is not in the store, for a reason; the kernel keeps it and tries again. */
  record PersistFailed(long nowMillis, long token, String reason) implements Input {}

  /** Answers {@link Effect.Verify}. */
  record Verified(long nowMillis, long token, boolean good) implements Input {}

  /**
   * Answers several {@link Effect.Verify} in one turn: for platforms that get verdicts faster than
   * turns, each of which has a price of its own.
   *
   * @param nowMillis the wall clock
   * @param answers at most {@link Limits#ANSWERS}, taken in this order
   */
  record VerifiedMany(long nowMillis, List<Answer> answers) implements Input {
    /** Copies the list. */
    public VerifiedMany {
      answers = List.copyOf(answers);
    }
  }

  /** What {@link Verified} tells of one effect. */
  record Answer(long token, boolean good) {}

  /** Answers {@link Effect.Sign}. */
  record Signed(long nowMillis, long token, Signature signature) implements Input {}

  /** Answers {@link Effect.NewInstance}: the key is on disk, and the old one is given up. */
  record InstanceMade(long nowMillis, long token, PublicKey key) implements Input {}

  /** No new key could be made and kept, for a reason; the old one stays. */
  record InstanceFailed(long nowMillis, long token, String reason) implements Input {}

  /** The key could not be used, for a reason. */
  record SignFailed(long nowMillis, long token, String reason) implements Input {}

  /** Answers {@link Effect.Prepare}: the engine can instantiate the module at once. */
  record Prepared(long nowMillis, long token) implements Input {}

  /** The engine could not take the module, for a reason. */
  record PrepareFailed(long nowMillis, long token, String reason) implements Input {}

  /** Answers {@link Effect.SetTimer}, at its time or later. */
  record TimerFired(long nowMillis, long token) implements Input {}

  /**
   * A link to a remote is up: both sides are authenticated.
   *
   * @param nowMillis the wall clock
   * @param link the new link
   * @param remote the remote's transport key
   * @param kind how it is reached
   * @param dialled whether this side dialled
   */
  record LinkUp(long nowMillis, LinkId link, PublicKey remote, LinkKind kind, boolean dialled)
      implements Input {}

  /** A link is gone, for a reason. */
  record LinkDown(long nowMillis, LinkId link, String reason) implements Input {}

  /** An address did not lead to its remote, for a reason. */
  record DialFailed(long nowMillis, PublicKey remote, String address, String reason)
      implements Input {}

  /** The remote of a relay link is in one of our channels. */
  record MemberJoined(long nowMillis, LinkId link, ChannelId channel) implements Input {}

  /** The remote of a relay link left one of our channels. */
  record MemberLeft(long nowMillis, LinkId link, ChannelId channel) implements Input {}

  /** A relay came up or went down, for a reason. */
  record RelayState(long nowMillis, String url, boolean up, String reason) implements Input {}

  /** A frame arrived over a link. */
  record FrameArrived(long nowMillis, LinkId link, Bytes frame) implements Input {}

  /**
   * A user or a tool asks for something.
   *
   * @param nowMillis the wall clock
   * @param token chosen by the platform, not used before in this run; answers carry it
   * @param command what is asked
   */
  record Commanded(long nowMillis, long token, Command command) implements Input {}

  /** Answers {@link Effect.AskConsent}. */
  record Consented(long nowMillis, long token, boolean granted) implements Input {}

  /** Answers {@link Effect.StepAgain}. */
  record Stepped(long nowMillis) implements Input {}
}
