// SPDX-License-Identifier: AGPL-3.0-only

import { Answer, Fields, utf8 } from "../sdk/assemblyscript";
import { NAME, SAY, messageRefusal, nameRefusal } from "./model";

/** A chat has no settings. */
export function create(fields: Fields): Answer {
  return Answer.creation();
}

/** An event for what the user wrote. */
export function propose(action: string, fields: Fields): Answer {
  if (action == "say") {
    const text = utf8(fields.get("text").trim());
    const refusal = messageRefusal(text);
    return refusal === null ? Answer.event(SAY, text) : Answer.refuse(refusal);
  }
  if (action == "name") {
    const name = utf8(fields.get("name").trim());
    const refusal = nameRefusal(name);
    return refusal === null ? Answer.event(NAME, name) : Answer.refuse(refusal);
  }
  return Answer.refuse("A chat knows say and name, not " + action + ".");
}
