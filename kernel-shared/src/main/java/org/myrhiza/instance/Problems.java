// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.instance;

import org.myrhiza.event.TopicId;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.instance.Problem.Exit;

/** The words for what goes wrong in an instance, decided once for every platform. */
public final class Problems {
  private Problems() {}

  /** The app's component said no, for its own reason. */
  public static Problem rejected(String reason) {
    return new Problem("rejected", "the app rejected it: " + reason, "", Exit.REJECTED);
  }

  /** The fields do not fit the form. */
  public static Problem fields(String message, String hint) {
    return new Problem("fields", message, hint, Exit.WRONG_USE);
  }

  /** This kernel must not sign. */
  public static Problem readOnly() {
    return new Problem(
        "read-only",
        "another window holds the keys, so this one only shows",
        "close the other window, or act there",
        Exit.FAILED);
  }

  /** A key could not be used. */
  public static Problem keyFailed() {
    return new Problem(
        "key", "the key could not sign", "see the peer's messages for the reason", Exit.FAILED);
  }

  /** Two events of this installation have one number. */
  public static Problem forked() {
    return new Problem(
        "own-fork",
        "a copy of this installation wrote too, and what was done here did not count",
        "look what the app shows now, and repeat the action if it is missing",
        Exit.FAILED);
  }

  /** A fence over this installation's key, or over its user. */
  public static Problem shutOut() {
    return new Problem(
        "shut-out",
        "this installation was shut out of the topic, so what it writes would not count",
        "ask a member who may shut others out; from another installation of yours you may go on if"
            + " only this one was shut out",
        Exit.FAILED);
  }

  /** A topic takes only principals whom somebody named. */
  static Problem notNamed(PublicKey founder, TopicId topic, PublicKey user) {
    return new Problem(
        "not-admitted",
        "this topic takes only who was named, and you were not; nothing was written",
        "ask " + founder.userText() + " to run: " + admit(topic, user),
        Exit.CONSENT);
  }

  /** A topic takes only principals who were invited or named. */
  static Problem notInvited(PublicKey founder, TopicId topic, PublicKey user) {
    return new Problem(
        "not-admitted",
        "this topic takes only who was invited, and no invitation lets you in; nothing was written",
        "ask "
            + founder.userText()
            + " for an invitation made by `app invite` and join with it, or to run: "
            + admit(topic, user),
        Exit.CONSENT);
  }

  /** An invitation is for one principal, and it is another. */
  static Problem invitationUsed(PublicKey by) {
    return new Problem(
        "invitation-used",
        "your invitation was used by " + by.userText() + "; nothing was written",
        "ask for a new invitation and join with it: each lets in one user",
        Exit.CONSENT);
  }

  private static String admit(TopicId topic, PublicKey user) {
    return "app admit " + topic.text() + " " + user.userText();
  }

  /** The topic has not begun here. */
  public static Problem notReady(String why) {
    return new Problem("not-ready", why, "try again in a moment", Exit.FAILED);
  }

  /** Data are on their way from the store. */
  static Problem reading() {
    return notReady("its data are being read");
  }

  /** The instance no longer materialises. */
  public static Problem stopped(String note) {
    return new Problem(
        "stopped",
        "the app does not run here: " + note,
        "it goes on when that is solved",
        Exit.FAILED);
  }

  /** Too much waits already. */
  public static Problem busy(int allowed) {
    return new Problem(
        "busy",
        "more than " + allowed + " actions wait to be written",
        "wait for their answers",
        Exit.FAILED);
  }

  /** The event would be too large. */
  public static Problem tooLarge(int bytes, int allowed) {
    return new Problem(
        "too-large",
        "the event would carry " + bytes + " bytes, allowed are " + allowed,
        "",
        Exit.REJECTED);
  }

  /** The app's clock cannot go on. */
  public static Problem clockEnded() {
    return new Problem("clock", "no later moment than the last event's is left", "", Exit.FAILED);
  }

  /** The event that was just signed is not valid: a fault of this program. */
  public static Problem ownEventRefused(String reason) {
    return new Problem("internal", "the own event was refused: " + reason, "", Exit.FAILED);
  }
}
