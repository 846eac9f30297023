// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bundle;

/** What came of opening a bundle's file. */
public sealed interface BundleVerdict {
  /**
   * Every byte is what the author signed, and no declared import is denied.
   *
   * @param bundle the bundle
   */
  record Opened(Bundle bundle) implements BundleVerdict {}

  /**
   * The file is not a bundle that this kernel takes.
   *
   * @param reason which check refused it
   * @param what what was checked
   * @param seen what was found
   * @param allowed what is allowed, or what to do
   */
  record Refused(Reason reason, String what, String seen, String allowed) implements BundleVerdict {
    /** Returns the refusal as one sentence. */
    public String message() {
      return "not a bundle to run: " + what + ": seen " + seen + ", allowed " + allowed;
    }
  }

  /** The check that refused. */
  enum Reason {
    /** More bytes than a bundle may have. */
    TOO_LARGE,
    /** A format that this kernel does not know. */
    VERSION,
    /** Bytes that no author's tool wrote. */
    MALFORMED,
    /** Fewer bytes than the manifest lists. */
    TRUNCATED,
    /** More bytes than the manifest lists. */
    TRAILING,
    /** The author did not sign this manifest. */
    BAD_SIGNATURE,
    /** A part is not the one that the manifest lists. */
    PART_MISMATCH,
    /** The manifest declares an import that the component's profile does not get. */
    UNLINKABLE
  }
}
