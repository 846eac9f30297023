// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browser.page;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.myrhiza.kernel.Effect;
import org.myrhiza.kernel.Reply;
import org.teavm.jso.JSObject;

/** The parts of the page that belong to the kernel: no app can write there. */
final class Chrome {
  private static final String POINT = "- ";

  /** Longer than the kernel waits between two tries, so that what still is stays on the page. */
  private static final int NOTICE_MILLIS = 40_000;

  private final JSObject status = part("status");
  private final JSObject problem = part("problem");
  private final JSObject notice = part("notice");
  private final JSObject joinForm = part("join");
  private final JSObject inviteField = part("invite");
  private final JSObject joinButton = part("join-button");
  private final JSObject joinAnswer = part("join-answer");
  private final JSObject apps = part("apps");
  private final JSObject empty = part("empty");
  private final JSObject consent = part("consent");
  private final JSObject consentLines = part("consent-lines");
  private final JSObject consentName = part("consent-name");
  private final JSObject trust = part("trust");
  private final JSObject refuse = part("refuse");
  private @Nullable Consumer<Boolean> asked;
  private int notices;

  Chrome() {
    Dom.on(trust, "click", () -> decide(true));
    Dom.on(refuse, "click", () -> decide(false));
    Dom.on(consent, "cancel", () -> decide(false));
  }

  private static JSObject part(String id) {
    JSObject found = Dom.find(id);
    if (found == null) {
      throw new IllegalStateException("the page has no " + id);
    }
    return found;
  }

  /** Returns a failure, and what to do about it, as one sentence. */
  static String sentence(Reply.Failed failed) {
    return failed.hint().isEmpty()
        ? sentence(failed.message())
        : sentence(failed.message() + "; " + failed.hint());
  }

  private static String sentence(String words) {
    return words.substring(0, 1).toUpperCase(Locale.ROOT)
        + words.substring(1)
        + (words.endsWith(".") ? "" : ".");
  }

  /** Shows the status of the whole page. */
  void status(String text) {
    Dom.text(status, text);
  }

  /** Shows what keeps the page from working. */
  void problem(String text) {
    Dom.text(problem, text);
    Dom.show(problem, !text.isEmpty());
  }

  /** Shows why nothing works any more. */
  void stopped(String why) {
    problem(why);
    status("Not running");
    Dom.show(joinForm, false);
    Dom.show(empty, false);
  }

  /** Shows for a while what the kernel tells the operator; a newer notice replaces it. */
  void notice(String text) {
    notices++;
    int mine = notices;
    Dom.text(notice, sentence(text));
    Dom.show(notice, true);
    PageHost.after(
        NOTICE_MILLIS,
        () -> {
          if (mine == notices) {
            Dom.show(notice, false);
          }
        });
  }

  /** Lets the user join, and hears what they paste. */
  void onJoin(Consumer<String> join) {
    Dom.show(joinForm, true);
    Dom.on(
        joinForm,
        "submit",
        () -> {
          String invite = Dom.value(inviteField).strip();
          if (invite.isEmpty()) {
            joinAnswer("Paste an invitation: it begins with myinvite1, or is a link that ends so.");
          } else {
            join.accept(invite);
          }
        });
  }

  /** Shows the invitation that is being joined, or readies the form for another. */
  void joining(String invite, boolean busy) {
    Dom.setValue(inviteField, invite);
    Dom.enable(joinButton, !busy);
  }

  /** Answers the join form. */
  void joinAnswer(String text) {
    Dom.text(joinAnswer, text);
  }

  /** Returns where the apps' cards go. */
  JSObject apps() {
    return apps;
  }

  /** Shows or hides the sentence for a page without apps. */
  void showEmpty(boolean shown) {
    Dom.show(empty, shown);
  }

  /** Asks the user; a question that is still open is answered with no. */
  void consent(Effect.AskConsent ask, Consumer<Boolean> answer) {
    decide(false);
    asked = answer;
    Dom.text(consentName, "Run " + ask.name() + " here?");
    Dom.clear(consentLines);
    lines(ask.lines());
    Dom.openDialog(consent);
    Dom.focus(refuse);
  }

  private void lines(List<String> lines) {
    for (String line : lines) {
      JSObject item = Dom.create("li");
      boolean point = line.startsWith(POINT);
      Dom.attribute(item, "class", point ? "point" : "line");
      LongWords.show(item, point ? line.substring(POINT.length()) : line);
      Dom.append(consentLines, item);
    }
  }

  private void decide(boolean granted) {
    Consumer<Boolean> waiting = asked;
    asked = null;
    Dom.closeDialog(consent);
    if (waiting != null) {
      waiting.accept(granted);
    }
  }
}
