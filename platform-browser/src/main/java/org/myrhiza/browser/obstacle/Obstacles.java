// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browser.obstacle;

import org.myrhiza.kernel.Reply;

/** The words for what a browser refuses or lacks, decided once for page and worker. */
public final class Obstacles {
  private static final int FAILED = 1;
  private static final int PREREQUISITE = 3;
  private static final int NEWER = 6;

  /** How a DOMException of a full store begins. */
  private static final String QUOTA = "QuotaExceededError";

  private Obstacles() {}

  /** The page came over plain HTTP from another machine, where a browser lends no keys. */
  public static Reply.Failed insecure() {
    return failed(
        "insecure",
        "this page needs a secure address",
        "open it as https://…, or on this machine as http://localhost or http://127.0.0.1",
        PREREQUISITE);
  }

  /**
   * The browser lacks something.
   *
   * @param missing the names of what is missing
   */
  public static Reply.Failed tooOld(String missing) {
    return failed(
        "old-browser",
        "this browser lacks " + missing,
        "use a current Chromium, Firefox or Safari with its usual settings",
        PREREQUISITE);
  }

  /**
   * The browser keeps nothing for this site.
   *
   * @param reason the browser's own words
   */
  public static Reply.Failed storageDenied(String reason) {
    return failed(
        "denied",
        "this site may not store data (" + written(reason) + ")",
        "leave private browsing or allow storage for this site, then reload",
        FAILED);
  }

  /**
   * A newer version of the page has been here.
   *
   * @param seen the format of this site's data
   * @param known the greatest format that this version reads
   */
  public static Reply.Failed newerStore(int seen, int known) {
    return failed(
        "newer-format",
        "this site's data have format " + seen + ", this version of the page knows up to " + known,
        "reload to get the newer version that wrote them",
        NEWER);
  }

  /**
   * A part of the page stopped.
   *
   * @param reason what is known of it
   */
  public static Reply.Failed broken(String reason) {
    return failed(
        "broken",
        "the page stopped (" + reason + ")",
        "reload it, or use a current Chromium, Firefox or Safari",
        FAILED);
  }

  /**
   * Returns the reason of a write that failed, and where a person can help, how.
   *
   * @param reason the browser's own words
   */
  public static String written(String reason) {
    return reason.startsWith(QUOTA)
        ? "the browser has no more space for this site: free some on this device and leave this"
            + " page open"
        : reason;
  }

  private static Reply.Failed failed(String type, String message, String hint, int exit) {
    return new Reply.Failed(type, message, hint, "", exit);
  }
}
