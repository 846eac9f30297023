// SPDX-License-Identifier: AGPL-3.0-only

import { Style, View, me, toText, topic } from "../sdk/assemblyscript";
import { count, latest, nameOf, shown } from "./model";

/** Messages that are shown. */
const SHOWN = 50;

/** Nothing has to be asked. */
export function creationForm(): View {
  return new View();
}

/** The latest messages, and what this user can do. */
export function view(): View {
  const name = topic.name();
  const view = new View().panel(name.length == 0 ? "Chat" : name);
  const earlier = count() - SHOWN;
  if (earlier > 0) {
    view.text(earlier.toString() + (earlier == 1 ? " earlier message" : " earlier messages"),
      Style.MUTED);
  }
  const messages = latest(SHOWN);
  if (messages.length == 0) view.text("Nobody has said anything yet.", Style.MUTED);
  view.list("Messages");
  for (let i = 0; i < messages.length; i++) {
    view.text(shown(messages[i].author) + ": " + toText(messages[i].text));
  }
  return view
    .end()
    .form("say", "Send").textInput("text", "Message", true).end()
    .form("name", "Change name")
    .textInput("name", "Your name", true, false, nameOf(me.principal())).end()
    .end();
}
