// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browser.page;

import java.util.List;
import java.util.function.Consumer;
import org.myrhiza.instance.InstanceStatus;
import org.myrhiza.instance.StatusText;
import org.myrhiza.kernel.Command;
import org.myrhiza.kernel.Reply;
import org.myrhiza.view.Field;
import org.teavm.jso.JSObject;

/**
 * One app instance on the page: the chrome's heading, status and buttons around the region that
 * belongs to the app. At most one view is asked for at a time; what changes meanwhile asks once
 * more.
 */
final class Card {
  private final Backend backend;
  private final String instance;
  private final JSObject card = Dom.create("article");
  private final JSObject title = Dom.create("h2");
  private final JSObject status = Dom.create("p");
  private final JSObject answer = Dom.create("p");
  private final Renderer renderer;
  private boolean asking;
  private boolean stale;

  Card(Backend backend, InstanceStatus first, JSObject parent, Consumer<Card> left) {
    this.backend = backend;
    this.instance = first.instance().text();
    JSObject region = Dom.create("div");
    this.renderer = new Renderer(region, this::act, backend.isAuthor(), first.name());
    Dom.attribute(card, "class", "card");
    Dom.attribute(card, "data-instance", instance);
    Dom.attribute(status, "class", "status");
    Dom.attribute(status, "data-role", "status");
    Dom.attribute(answer, "class", "answer");
    Dom.attribute(answer, "role", "status");
    Dom.attribute(answer, "aria-live", "polite");
    Dom.attribute(region, "class", "view");
    Dom.attribute(region, "data-role", "view");
    Dom.attribute(region, "tabindex", "-1");
    JSObject heading = Dom.create("div");
    Dom.attribute(heading, "class", "heading-row");
    Dom.append(heading, title);
    Dom.append(heading, status);
    Dom.append(card, heading);
    Dom.append(card, region);
    Dom.append(card, answer);
    if (backend.isAuthor()) {
      Dom.append(card, chrome(left));
    }
    Dom.append(parent, card);
    update(first);
  }

  private JSObject chrome(Consumer<Card> left) {
    JSObject menu = Dom.create("div");
    Dom.attribute(menu, "class", "menu chrome");
    menuButton(menu, "Copy invitation", "invite", this::invite);
    menuButton(menu, "Leave", "leave", () -> leave(left));
    return menu;
  }

  private static void menuButton(
      JSObject menu, String label, String role, org.myrhiza.browser.js.Done pressed) {
    JSObject button = Dom.create("button");
    Dom.attribute(button, "type", "button");
    Dom.attribute(button, "class", "quiet");
    Dom.attribute(button, "data-role", role);
    Dom.text(button, label);
    Dom.on(button, "click", pressed);
    Dom.append(menu, button);
  }

  /** Shows a new status and asks for the view that belongs to it. */
  void update(InstanceStatus now) {
    Dom.text(title, now.name());
    Dom.text(status, StatusText.line(now));
    Dom.attribute(status, "title", "digest " + now.digest().toHex());
    Dom.attribute(card, "data-digest", now.digest().toHex());
    Dom.attribute(card, "data-events", String.valueOf(now.counts().events()));
    Dom.attribute(card, "data-authored", String.valueOf(now.counts().authored()));
    Dom.attribute(card, "data-accepted", String.valueOf(now.counts().accepted()));
    Dom.attribute(card, "data-rejected", String.valueOf(now.counts().rejected()));
    Dom.attribute(card, "data-rollbacks", String.valueOf(now.counts().rollbacks()));
    Dom.attribute(card, "data-sync", now.sync().word());
    Dom.attribute(card, "data-to-come", String.valueOf(now.hasProgress() ? now.toCome() : 0));
    if (asking) {
      stale = true;
    } else {
      askView();
    }
  }

  private void askView() {
    asking = true;
    stale = false;
    backend.ask(new Command.ViewApp(instance), this::viewed);
  }

  private void viewed(Reply reply) {
    asking = false;
    if (reply instanceof Reply.Viewed viewed) {
      renderer.show(viewed.view());
    } else if (reply instanceof Reply.Failed failed) {
      say(failed);
    }
    if (stale) {
      askView();
    }
  }

  private void act(String action, List<Field> fields, Runnable taken) {
    Dom.text(answer, "");
    backend.ask(
        new Command.Act(instance, action, fields, 0),
        reply -> {
          if (reply instanceof Reply.Failed failed) {
            say(failed);
          } else {
            taken.run();
          }
        });
  }

  private void invite() {
    backend.ask(
        new Command.Invite(instance),
        reply -> {
          if (reply instanceof Reply.Invited invited) {
            PageHost.copy(
                invited.invite(),
                () -> Dom.text(answer, "The invitation is in the clipboard."),
                () -> Dom.text(answer, invited.invite()));
          } else if (reply instanceof Reply.Failed failed) {
            say(failed);
          }
        });
  }

  private void leave(Consumer<Card> left) {
    backend.ask(
        new Command.Leave(instance),
        reply -> {
          if (reply instanceof Reply.Failed failed) {
            say(failed);
          } else {
            Dom.remove(card);
            left.accept(this);
          }
        });
  }

  private void say(Reply.Failed failed) {
    Dom.text(answer, Chrome.sentence(failed));
  }

  /** Returns the instance's topic id in text form. */
  String instance() {
    return instance;
  }
}
