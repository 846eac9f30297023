// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bundle;

import java.util.List;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.identity.Signature;

/** What came of building a draft. */
public sealed interface BuiltBundle {
  /**
   * A bundle that lacks only its signature.
   *
   * @param manifest the canonical manifest
   * @param contents the parts' bytes, in its order
   */
  record Unsigned(Manifest manifest, List<Bytes> contents) implements BuiltBundle {
    /** Copies the list. */
    public Unsigned {
      contents = List.copyOf(contents);
    }

    /** Returns what the author signs: the id's 32 bytes. */
    public Bytes messageToSign() {
      return manifest.id().bytes();
    }

    /** Returns the bundle. A signature that is not the author's makes a file that nobody opens. */
    public Bundle signed(Signature signature) {
      return new Bundle(manifest, signature, contents);
    }
  }

  /**
   * The draft breaks a rule.
   *
   * @param what what was checked
   * @param seen what the draft says
   * @param allowed what it may say
   */
  record Refused(String what, String seen, String allowed) implements BuiltBundle {
    /** Returns the refusal as one sentence. */
    public String message() {
      return what + ": seen " + seen + ", allowed " + allowed;
    }
  }
}
