// SPDX-License-Identifier: AGPL-3.0-only

// The exports of a component with the world `state-propose`. The build puts the app's own file in
// the place of "./app".

import { create as appCreate, propose as appPropose } from "./app";
import { Fields, lowerCreation, lowerProposal } from "../event";
import { liftString } from "../memory";

export { cabi_realloc } from "../memory";

export function create(fields: usize, length: u32): usize {
  return lowerCreation(appCreate(Fields.lift(fields, length)));
}

export function cabi_post_create(result: usize): void {
  heap.reset();
}

export function propose(action: usize, actionLength: u32, fields: usize, length: u32): usize {
  return lowerProposal(appPropose(liftString(action, actionLength), Fields.lift(fields, length)));
}

export function cabi_post_propose(result: usize): void {
  heap.reset();
}
