// SPDX-License-Identifier: AGPL-3.0-only

import { Answer, Fields, fromU8 } from "../sdk/assemblyscript";
import { END, Question, VOTE, question } from "./model";

/** The question and its options, from the creation form. */
export function create(fields: Fields): Answer {
  const asked = new Question(fields.get("title"), fields.all("option"));
  const refusal = asked.refusal();
  return refusal === null ? Answer.creation(asked.encode()) : Answer.refuse(refusal);
}

/** An event for what the user pressed. */
export function propose(action: string, fields: Fields): Answer {
  if (action == "vote") return vote(fields);
  if (action == "end") return Answer.event(END);
  return Answer.refuse("A poll knows vote and end, not " + action + ".");
}

function vote(fields: Fields): Answer {
  const asked = question();
  if (asked === null) return Answer.refuse("This poll has no question to vote on.");
  const chosen = fields.all("option");
  if (chosen.length != 1) return Answer.refuse("Choose exactly one option.");
  const index = asked.options.indexOf(chosen[0]);
  if (index < 0) return Answer.refuse("This poll has no option \"" + chosen[0] + "\".");
  return Answer.event(VOTE, fromU8(index));
}
