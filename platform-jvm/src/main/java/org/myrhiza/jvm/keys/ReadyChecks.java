// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.keys;

import java.security.Signature;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import org.myrhiza.identity.PublicKey;

/**
 * Checks of signatures that are begun for a key and wait for the next message under it: beginning
 * one takes two native objects that a finalizer has to free, and most events are by few keys.
 *
 * <p>A check is used by one thread at a time, since who takes it takes it away; another thread that
 * wants the same key meanwhile begins one of its own. Past the bound the key longest unused is
 * forgotten.
 */
final class ReadyChecks {
  private final LinkedHashMap<PublicKey, Signature> checks = new LinkedHashMap<>();

  /** Returns a check that was begun for a key, or null; it is the caller's until given back. */
  synchronized @Nullable Signature take(PublicKey key) {
    return checks.remove(key);
  }

  /** Takes back a check that has answered and can be asked again. */
  synchronized void giveBack(PublicKey key, Signature check) {
    checks.putLast(key, check);
    if (checks.size() > Limits.READY_CHECKS) {
      checks.pollFirstEntry();
    }
  }
}
