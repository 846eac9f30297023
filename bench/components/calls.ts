// SPDX-License-Identifier: AGPL-3.0-only

// The functions whose calls are measured. Those whose results lie outside of memory give their
// arguments back before they return, as a guest with destructors does; `swap` does so afterwards.


export { cabi_realloc } from "../../apps/sdk/assemblyscript/memory";

/** The record that `swap` answers: 24 bytes. */
const SAMPLE: usize = memory.data(24, 8);

export function apply(event: usize, length: u32): u64 {
  let sum: u64 = 0;
  for (let i: u32 = 0; i < length; i++) sum += load<u8>(event + i);
  heap.reset();
  return sum;
}

export function add(a: u32, b: u32): u32 {
  return a + b;
}

export function take(bytes: usize, length: u32): u32 {
  let sum: u32 = 0;
  for (let i: u32 = 0; i < length; i++) sum += load<u8>(bytes + i);
  heap.reset();
  return sum;
}

export function swap(a: u32, b: u64, name: usize, nameLength: u32): usize {
  store<u32>(SAMPLE, a + 1);
  store<u64>(SAMPLE, b << 1, 8);
  store<u32>(SAMPLE, <u32>name, 16);
  store<u32>(SAMPLE, nameLength, 20);
  return SAMPLE;
}

export function swapDone(result: usize): void {
  heap.reset();
}
