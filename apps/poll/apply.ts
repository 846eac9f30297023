// SPDX-License-Identifier: AGPL-3.0-only

import {
  Bytes, CREATION, EMPTY, Event, fromI64, fromU8, same, state, topic,
} from "../sdk/assemblyscript";
import {
  END, Question, VOTE, countKey, ended, endedKey, question, questionKey, voteKey, voteOf, votes,
} from "./model";

/** What the event does to the poll; null, or why it is rejected. */
export function apply(event: Event): string | null {
  switch (event.tag) {
    case CREATION:
      return open(event.body);
    case VOTE:
      return vote(event);
    case END:
      return end(event);
    default:
      return "This poll does not know events with tag " + event.tag.toString() + ".";
  }
}

function open(body: Bytes): string | null {
  const asked = Question.decode(body);
  if (asked === null) return "The settings of this poll are malformed.";
  const refusal = asked.refusal();
  if (refusal === null) state.put(questionKey(), body);
  return refusal;
}

function vote(event: Event): string | null {
  const asked = question();
  if (asked === null) return "This poll has no question to vote on.";
  if (ended()) return "This poll has ended; votes no longer count.";
  if (event.body.length != 1) return "A vote names exactly one option.";
  const choice = <i32>event.body[0];
  if (choice >= asked.options.length) {
    return "This poll has no option " + (choice + 1).toString() + ".";
  }
  const before = voteOf(event.principal);
  if (before == choice) return null;
  if (before >= 0) state.put(countKey(before), fromI64(votes(before) - 1));
  state.put(countKey(choice), fromI64(votes(choice) + 1));
  state.put(voteKey(event.principal), fromU8(choice));
  return null;
}

function end(event: Event): string | null {
  if (event.body.length != 0) return "Ending a poll carries nothing.";
  if (!same(event.principal, topic.founder())) return "Only the creator of this poll can end it.";
  if (ended()) return "This poll has already ended.";
  state.put(endedKey(), EMPTY);
  return null;
}
