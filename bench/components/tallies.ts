// SPDX-License-Identifier: AGPL-3.0-only

// A resource with one method; the representation is the address of its number.

export { cabi_realloc } from "../../apps/sdk/assemblyscript/memory";

@external("[export]myrhiza:bench/tallies@0.1.0", "[resource-new]tally")
declare function handle(representation: usize): u32;

export function make(start: u32): u32 {
  const tally = heap.alloc(4);
  store<u32>(tally, start);
  return handle(tally);
}

export function add(tally: usize, amount: u32): u32 {
  const sum = load<u32>(tally) + amount;
  store<u32>(tally, sum);
  return sum;
}
