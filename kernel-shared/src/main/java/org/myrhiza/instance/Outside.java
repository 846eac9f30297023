// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.instance;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.identity.Signature;
import org.myrhiza.identity.SignedClaim;
import org.myrhiza.state.StoreWrite;

/** What an instance needs from its surroundings. A callback runs once, now or later. */
public interface Outside {
  /** The wall clock of the current input. */
  long nowMillis();

  /** Verifies a claim. */
  void verify(SignedClaim claim, Consumer<Boolean> then);

  /** Signs with the user's key; empty when the key cannot be used. */
  void signAsUser(Bytes message, Consumer<Optional<Signature>> then);

  /** Signs with this installation's key; empty when the key cannot be used. */
  void signAsInstance(Bytes message, Consumer<Optional<Signature>> then);

  /** By what this installation was invited. */
  Pass pass();

  /** Makes a module ready for the engine; the answer is the reason of a failure, or empty. */
  void prepare(App.Module module, Consumer<Optional<String>> then);

  /** Adds a change to the batch that is persisted next. */
  void write(StoreWrite write);

  /** Runs something when the batch that is persisted next ends; what it writes goes with it. */
  void beforePersist(Runnable then);

  /**
   * Reads single records of the store, with all that was written before.
   *
   * @param keys store keys, none twice
   * @param found gets those that are there, ascending
   * @param failed gets the reason, when the store cannot be read
   */
  void read(List<Bytes> keys, Consumer<List<StoreWrite>> found, Consumer<String> failed);

  /** Runs something at a time or later. */
  void timer(long atMillis, Runnable then);

  /**
   * Runs something once everything written so far is on disk. What it tells must have been computed
   * before: at its time the state may already hold what is not on disk.
   */
  void whenPersisted(Runnable then);

  /** Whether a new key is being made, so that nothing may be signed as this installation. */
  boolean awaitsKey();

  /** This installation's key must not be used any more: somebody else used it. */
  void spent();

  /** Whether peers may know more of an own chain than what is here, and can be asked. */
  boolean mayBeBehind(PublicKey own);

  /** Whether a peer said that nothing is missing, and none is known to be ahead. */
  boolean isSynced();

  /** Whether a link can still be charged for what it sent. */
  boolean isUp(long link);

  /** A link sent an event that can never be valid. */
  void badEvent(long link, String reason);

  /** A link sent more events without their past than it may. */
  void evicted(long link);

  /** Something that the status tells has changed. */
  void changed();
}
