// SPDX-License-Identifier: AGPL-3.0-only

import { Answer, Fields, Whole, fromI64 } from "../sdk/assemblyscript";
import { ADD, RESET, SUBTRACT } from "./model";

/** A counter has no settings. */
export function create(fields: Fields): Answer {
  return Answer.creation();
}

/** An event for what the user pressed. */
export function propose(action: string, fields: Fields): Answer {
  if (action == "add") return change(ADD, fields);
  if (action == "subtract") return change(SUBTRACT, fields);
  if (action == "reset") return Answer.event(RESET);
  return Answer.refuse("A counter knows add, subtract and reset, not " + action + ".");
}

function change(tag: u32, fields: Fields): Answer {
  const amount = Whole.parse(fields.get("amount", "1"));
  if (!amount.good || amount.value < 1) {
    return Answer.refuse("The amount must be a whole number from 1 to 9223372036854775807.");
  }
  return Answer.event(tag, fromI64(amount.value));
}
