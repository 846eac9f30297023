// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.kernel;

import java.util.List;
import org.myrhiza.bytes.Utf8;
import org.myrhiza.event.BundleId;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.instance.Problem;
import org.myrhiza.instance.Problem.Exit;

/** The words for what goes wrong around instances, decided once for every platform. */
final class Refusals {
  private static final long MILLIS_PER_SECOND = 1_000;
  private static final String START_ANEW =
      "move the data folder away and join again; the identity file may be kept";

  private Refusals() {}

  static Problem noInstance(String text, boolean tooShort) {
    String hint =
        tooShort
            ? "a prefix needs at least " + Names.LEAST_PREFIX + " characters after mytopic1"
            : "`app list` shows the instances";
    return new Problem(
        "no-instance", "there is no instance \"" + text + "\"", hint, Exit.WRONG_USE);
  }

  static Problem severalInstances(String text, int count) {
    return new Problem(
        "ambiguous-instance",
        count + " instances fit \"" + text + "\"",
        "give more characters of the topic id",
        Exit.WRONG_USE);
  }

  static Problem badInvite(String why) {
    return new Problem(
        "invitation",
        "the invitation is malformed: " + why,
        "paste the whole invitation or link, or ask for it again",
        Exit.WRONG_USE);
  }

  static Problem badRelay(String why) {
    return new Problem("relay", why, "for example ws://127.0.0.1:7420/v1", Exit.WRONG_USE);
  }

  static Problem badName(String name, int allowed) {
    String seen =
        Utf8.isWellFormed(name) ? Utf8.encode(name).size() + " bytes" : "half a surrogate pair";
    return new Problem(
        "name",
        "the name has " + seen + ", allowed at most " + allowed + " bytes",
        "choose a shorter name",
        Exit.WRONG_USE);
  }

  static Problem badBundle(String why) {
    return new Problem(
        "bundle", "the bundle is refused: " + why, "fetch or build the file again", Exit.DAMAGED);
  }

  static Problem noConsent(BundleId bundle, String name) {
    return new Problem(
        "consent",
        "no consent to run " + name + ", bundle " + bundle.text(),
        "agree when you are asked; --trust " + bundle.text() + " agrees in advance",
        Exit.CONSENT);
  }

  static Problem otherFounder() {
    return new Problem(
        "invitation",
        "the topic was founded by somebody else than the invitation says",
        "ask for a new invitation from someone you trust",
        Exit.WRONG_USE);
  }

  static Problem nobody(long millis, String progress) {
    return new Problem(
        "unreachable",
        "nothing complete came within " + millis / MILLIS_PER_SECOND + " s: " + progress,
        "the inviting peer must be running, and one of the invitation's relays or addresses"
            + " reachable",
        Exit.UNREACHABLE);
  }

  static Problem notReplicated(long millis) {
    return new Problem(
        "unreachable",
        "the event is on disk, but no other peer had it within "
            + millis / MILLIS_PER_SECOND
            + " s",
        "it is sent as soon as a peer is reachable; do not repeat the action",
        Exit.UNREACHABLE);
  }

  static Problem noAdmitter(PublicKey founder) {
    return new Problem(
        "no-admitter",
        "you may not let anybody into this topic",
        "ask " + founder.userText() + " to do it",
        Exit.WRONG_USE);
  }

  static Problem noFencer(PublicKey founder) {
    return new Problem(
        "no-fencer",
        "you may not shut anybody out of this topic",
        "ask " + founder.userText() + " to do it",
        Exit.WRONG_USE);
  }

  static Problem unfenceable(PublicKey user) {
    return new Problem(
        "no-fence",
        user.userText() + " may shut others out, and so cannot be shut out",
        "",
        Exit.WRONG_USE);
  }

  static Problem userShutOut(PublicKey user) {
    return new Problem(
        "shut-out",
        user.userText() + " was shut out of this topic, which is final",
        "a person who is to come back needs another user key",
        Exit.WRONG_USE);
  }

  static Problem openTopic() {
    return new Problem(
        "open-topic",
        "this topic is open: everybody may join who has an invitation",
        "`app invite` shows one",
        Exit.WRONG_USE);
  }

  static Problem notBegun(String why) {
    return new Problem(
        "not-ready", "the topic has not begun here: " + why, "try again later", Exit.FAILED);
  }

  /** What is doubtful about an invitation to a topic that takes named users. */
  static String onlyToRead() {
    return "this invitation lets its user read; to act, he has to be named: `app admit INSTANCE"
        + " USER`";
  }

  static Problem left() {
    return new Problem("left", "the instance was left meanwhile", "", Exit.FAILED);
  }

  static Problem givenUp() {
    return new Problem("given-up", "joining was given up", "", Exit.FAILED);
  }

  static Problem tooMany(String what, int allowed) {
    return new Problem(
        "too-many", "more than " + allowed + " " + what, "try again later", Exit.FAILED);
  }

  /** A store of another program's: newer, or of a form that is no longer read. */
  static Problem otherFormat(int seen, int known) {
    return seen > known
        ? new Problem(
            "newer-format",
            "the data have format " + seen + ", this program knows up to " + known,
            "use the newer program that wrote them, or another data folder",
            Exit.DAMAGED)
        : new Problem(
            "older-format",
            "the data have format " + seen + ", this program reads format " + known + " only",
            "join again with another data folder; the old data stay as they are",
            Exit.DAMAGED);
  }

  static Problem damaged(String what) {
    return new Problem("damaged", "the data are damaged: " + what, START_ANEW, Exit.DAMAGED);
  }

  static Problem unreadable(String reason) {
    return new Problem("damaged", "the store cannot be read: " + reason, START_ANEW, Exit.DAMAGED);
  }

  /** Told once; from then on the installation has another instance key. */
  static String copied() {
    return "this data folder was copied or restored; from now on it writes as a new device";
  }

  static String noNewKey(String reason) {
    return "this data folder was copied or restored, and no new key could be stored: " + reason;
  }

  static Problem noNewKeyNow(String reason) {
    return new Problem(
        "key",
        noNewKey(reason),
        "nothing is written until that works; it is tried again by itself",
        Exit.FAILED);
  }

  static List<String> inviteWarnings(boolean relays, boolean addresses) {
    return relays || addresses
        ? List.of()
        : List.of(
            "this invitation names no relay and no address, so nobody can find you by it: run"
                + " `peer run --relay URL` or `--listen ADDR`");
  }
}
