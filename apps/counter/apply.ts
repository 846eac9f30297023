// SPDX-License-Identifier: AGPL-3.0-only

import { CREATION, Event, fromI64, same, state, toI64, topic } from "../sdk/assemblyscript";
import { ADD, RESET, SUBTRACT, value, valueKey } from "./model";
import { STEP } from "./step";

/** What the event does to the value; null, or why it is rejected. */
export function apply(event: Event): string | null {
  switch (event.tag) {
    case CREATION:
      return event.body.length == 0 ? null : "A counter is created without any settings.";
    case ADD:
    case SUBTRACT:
      return change(event);
    case RESET:
      return reset(event);
    default:
      return "This counter does not know events with tag " + event.tag.toString() + ".";
  }
}

function change(event: Event): string | null {
  const amount = toI64(event.body);
  if (amount < 1) return "The amount must be a whole number from 1 to 9223372036854775807.";
  if (amount > i64.MAX_VALUE / STEP) return outOfRange();
  const by = event.tag == ADD ? amount * STEP : -amount * STEP;
  const before = value();
  const after = before + by;
  if (by > 0 ? after < before : after > before) return outOfRange();
  state.put(valueKey(), fromI64(after));
  return null;
}

function outOfRange(): string {
  return "The value would leave the range from -9223372036854775808 to 9223372036854775807.";
}

function reset(event: Event): string | null {
  if (event.body.length != 0) return "A reset carries nothing.";
  if (!same(event.principal, topic.founder())) {
    return "Only the founder of this counter can reset it.";
  }
  state.put(valueKey(), fromI64(0));
  return null;
}
