// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browser.page;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.myrhiza.browser.obstacle.Obstacles;
import org.myrhiza.instance.InstanceStatus;
import org.myrhiza.kernel.Command;
import org.myrhiza.kernel.Effect;
import org.myrhiza.kernel.Reply;

/**
 * The page's entry point. The kernel runs in the worker; here are the chrome, the apps' views and
 * what a person does with them.
 */
public final class PageMain implements Backend.Ears {
  private static final int JOIN_MILLIS = 120_000;
  private static final int STATUS_MILLIS = 1_500;
  private static final String SECOND_TAB =
      "Myrhiza is open in another tab, which does the writing; this one shows. Close the other tab"
          + " to write here.";

  private final Chrome chrome = new Chrome();
  private final String workerUrl;
  private final Map<String, Card> cards = new TreeMap<>();
  private @Nullable Backend backend;

  private PageMain(String workerUrl) {
    this.workerUrl = workerUrl;
  }

  /**
   * Starts the page.
   *
   * @param args the worker's URL
   */
  public static void main(String[] args) {
    PageMain page = new PageMain(args[0]);
    String missing = PageHost.missing();
    if (!PageHost.isSecure()) {
      page.stopped(Obstacles.insecure());
    } else if (!missing.isEmpty()) {
      page.stopped(Obstacles.tooOld(missing));
    } else {
      PageHost.lock(page::author, page::viewer, PageHost::reload, page::denied);
      PageHost.keepOffline();
    }
  }

  private void denied(String reason) {
    stopped(Obstacles.storageDenied(reason));
  }

  private void stopped(Reply.Failed why) {
    chrome.stopped(Chrome.sentence(why));
  }

  private void author() {
    backend = Backend.author(workerUrl, this);
    PageHost.persistStorage(
        () -> chrome.joinAnswer("The browser may clear this page's data when space runs short."));
  }

  private void viewer() {
    chrome.problem(SECOND_TAB);
    backend = Backend.viewer(this);
  }

  private Backend kernel() {
    Backend there = backend;
    if (there == null) {
      throw new IllegalStateException("no backend yet");
    }
    return there;
  }

  @Override
  public void ready() {
    if (kernel().isAuthor()) {
      kernel().ask(new Command.Watch(true), this::listed);
      chrome.onJoin(this::join);
      PageHost.onHash(this::joinByLink);
      joinByLink();
    } else {
      kernel().ask(new Command.ListApps(), this::listed);
    }
    refreshStatus();
  }

  private void listed(Reply reply) {
    switch (reply) {
      case Reply.Watching watching -> cards(watching.instances());
      case Reply.Listed listed -> cards(listed.instances());
      case Reply.Failed failed -> chrome.problem(Chrome.sentence(failed));
      default -> throw new IllegalStateException("an answer to another command");
    }
  }

  private void cards(List<InstanceStatus> instances) {
    instances.forEach(this::changed);
    chrome.showEmpty(cards.isEmpty());
  }

  private void changed(InstanceStatus status) {
    String instance = status.instance().text();
    Card card = cards.get(instance);
    if (card == null) {
      cards.put(instance, new Card(kernel(), status, chrome.apps(), this::left));
      chrome.showEmpty(false);
    } else {
      card.update(status);
    }
  }

  private void left(Card card) {
    cards.remove(card.instance());
    chrome.showEmpty(cards.isEmpty());
  }

  private void refreshStatus() {
    kernel()
        .ask(
            new Command.Status(),
            reply -> {
              if (reply instanceof Reply.StatusShown shown) {
                chrome.status(words(shown));
              }
              PageHost.after(STATUS_MILLIS, this::refreshStatus);
            });
  }

  private static String words(Reply.StatusShown shown) {
    long up = shown.relays().stream().filter(Reply.RelayRow::up).count();
    String relays =
        shown.relays().isEmpty()
            ? "no relay in use"
            : up == shown.relays().size()
                ? "connected"
                : "no connection to the relay, trying again";
    return "Ready, " + relays + ", " + shown.links() + (shown.links() == 1 ? " link" : " links");
  }

  private void joinByLink() {
    String invite = PageHost.hash();
    if (!invite.isEmpty()) {
      PageHost.forgetHash();
      join(invite);
    }
  }

  private void join(String invite) {
    chrome.joining(invite, true);
    chrome.joinAnswer("Joining: looking for peers…");
    kernel().ask(new Command.JoinApp(invite, "", Optional.empty(), JOIN_MILLIS), this::joined);
  }

  private void joined(Reply reply) {
    switch (reply) {
      case Reply.Opened(InstanceStatus status, String invite) -> {
        chrome.joining("", false);
        chrome.joinAnswer("Joined " + status.name() + ".");
        changed(status);
      }
      case Reply.Failed failed -> {
        chrome.joining("", false);
        chrome.joinAnswer(Chrome.sentence(failed));
      }
      default -> throw new IllegalStateException("an answer to another command");
    }
  }

  @Override
  public void effect(Effect effect) {
    switch (effect) {
      case Effect.Changed change -> changed(change.status());
      case Effect.AskConsent ask ->
          chrome.consent(ask, granted -> kernel().consent(ask.token(), granted));
      case Effect.Warn warn -> chrome.notice(warn.text());
      case Effect.Halted halted -> stopped(halted.failed());
      default -> throw new IllegalStateException("an effect that is not the page's");
    }
  }

  @Override
  public void broken(String reason) {
    stopped(Obstacles.broken(reason));
  }
}
