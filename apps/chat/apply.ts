// SPDX-License-Identifier: AGPL-3.0-only

import { CREATION, Event, fromI64, state } from "../sdk/assemblyscript";
import {
  Message, NAME, SAY, count, countKey, messageKey, messageRefusal, nameKey, nameRefusal,
} from "./model";

/** What the event does to the chat; null, or why it is rejected. */
export function apply(event: Event): string | null {
  switch (event.tag) {
    case CREATION:
      return event.body.length == 0 ? null : "A chat is created without any settings.";
    case SAY:
      return say(event);
    case NAME:
      return name(event);
    default:
      return "This chat does not know events with tag " + event.tag.toString() + ".";
  }
}

function say(event: Event): string | null {
  const refusal = messageRefusal(event.body);
  if (refusal !== null) return refusal;
  const number = count();
  state.put(messageKey(number), new Message(event.principal, event.body).encode());
  state.put(countKey(), fromI64(number + 1));
  return null;
}

function name(event: Event): string | null {
  const refusal = nameRefusal(event.body);
  if (refusal === null) state.put(nameKey(event.principal), event.body);
  return refusal;
}
