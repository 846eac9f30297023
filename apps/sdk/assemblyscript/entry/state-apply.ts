// SPDX-License-Identifier: AGPL-3.0-only

// The exports of a component with the world `state-apply`. The build puts the app's own file in the
// place of "./app".

import { apply as app } from "./app";
import { Event, lowerVerdict } from "../event";
import { liftBytes } from "../memory";

export { cabi_realloc } from "../memory";

export function apply(
  id: usize, idLength: u32,
  principal: usize, principalLength: u32,
  signer: usize, signerLength: u32,
  millis: u64, counter: u32,
  tag: u32,
  body: usize, bodyLength: u32,
): usize {
  return lowerVerdict(app(new Event(
    liftBytes(id, idLength),
    liftBytes(principal, principalLength),
    liftBytes(signer, signerLength),
    millis, counter, tag,
    liftBytes(body, bodyLength),
  )));
}

export function cabi_post_apply(result: usize): void {
  heap.reset();
}
