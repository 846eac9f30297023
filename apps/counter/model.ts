// SPDX-License-Identifier: AGPL-3.0-only

// What the three components of the counter agree on.

import { Bytes, key, state, toI64 } from "../sdk/assemblyscript";

/** Body: the amount, 8 bytes, big-endian, at least 1. */
export const ADD: u32 = 1;
/** Body: as that of add. */
export const SUBTRACT: u32 = 2;
/** No body. The founder only. */
export const RESET: u32 = 3;

/** Where the value lies: 8 bytes, big-endian. */
export function valueKey(): Bytes {
  return key("value");
}

/** The value now; 0 before the first change. */
export function value(): i64 {
  return toI64(state.get(valueKey()));
}
