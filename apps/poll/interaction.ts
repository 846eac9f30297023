// SPDX-License-Identifier: AGPL-3.0-only

import { Severity, Style, View, me, same, topic } from "../sdk/assemblyscript";
import { Question, ended, question, voteOf, votes } from "./model";

/** The longest bar, in characters. */
const BAR: i64 = 20;

/** Asks for the question and its options. */
export function creationForm(): View {
  return new View()
    .form("create", "Create poll")
    .textInput("title", "Question", true)
    .textInput("option", "Options (2 to 16)", true, true)
    .end();
}

/** The counts, and what this user can do. */
export function view(): View {
  const asked = question();
  const name = topic.name();
  const view = new View().panel(name.length == 0 ? "Poll" : name);
  if (asked === null) return view.message(Severity.WARNING, "This poll has no question.").end();
  const mine = voteOf(me.principal());
  view.text(asked.title, Style.HEADING);
  results(view, asked);
  if (mine >= 0) view.text("You voted for " + asked.options[mine] + ".", Style.MUTED);
  if (ended()) return view.message(Severity.INFO, "This poll has ended.").end();
  view
    .form("vote", mine < 0 ? "Vote" : "Change vote")
    .choiceInput("option", "Your choice", asked.options, true, mine < 0 ? "" : asked.options[mine])
    .end();
  if (same(me.principal(), topic.founder())) {
    view.menu("Creator").button("end", "End poll").end();
  }
  return view.end();
}

function results(view: View, asked: Question): void {
  let most: i64 = 1;
  let total: i64 = 0;
  for (let i = 0; i < asked.options.length; i++) {
    most = max(most, votes(i));
    total += votes(i);
  }
  view.list("Results");
  for (let i = 0; i < asked.options.length; i++) {
    const count = votes(i);
    view.text(asked.options[i] + ": " + count.toString() + bar(count, most));
  }
  view.end();
  view.text(total == 1 ? "1 vote" : total.toString() + " votes", Style.MUTED);
}

function bar(count: i64, most: i64): string {
  return count == 0 ? "" : " " + "█".repeat(<i32>max<i64>(1, (count * BAR) / most));
}
