// SPDX-License-Identifier: AGPL-3.0-only

// The Canonical ABI between host and guest, written out by hand for the types of wit/. Everything
// that knows an offset of a record is in this folder; an app never sees one.
//
// The arena: with `--runtime stub` memory is only ever taken, never given back. A call begins with
// the arena of a fresh instance and its post-return function resets it, so nothing may be kept
// from one call to the next.

/** Bytes as the WIT package means them. What the host hands in is used in place, not copied. */
export type Bytes = StaticArray<u8>;

/** No bytes. */
export const EMPTY: Bytes = [];

/** Where imports leave results that do not fit one core value, and exports theirs. 16 bytes. */
export const RETURN_AREA: usize = memory.data(16, 8);

/**
 * Gives the host room for what it hands in, as the `realloc` of the Canonical ABI. Each block gets
 * the head of a `Bytes`, so that a list of bytes needs no copy. A block of no bytes is none: its
 * address is the alignment, and nobody reads there.
 */
export function cabi_realloc(old: usize, oldSize: usize, align: usize, size: usize): usize {
  if (size == 0) return align;
  return oldSize == 0 ? __new(size, idof<Bytes>()) : __renew(old, size);
}

/** Takes over a list of bytes. */
export function liftBytes(at: usize, length: u32): Bytes {
  return length == 0 ? EMPTY : changetype<Bytes>(at);
}

/** Takes over a string. */
export function liftString(at: usize, length: u32): string {
  return length == 0 ? "" : String.UTF8.decodeUnsafe(at, length);
}

/** Takes over the list of bytes whose address and length lie at `at`. */
export function loadBytes(at: usize): Bytes {
  return liftBytes(load<u32>(at), load<u32>(at, 4));
}

/** Takes over the string whose address and length lie at `at`. */
export function loadString(at: usize): string {
  return liftString(load<u32>(at), load<u32>(at, 4));
}

/** Stores address and length of the bytes at `at`. */
export function storeBytes(at: usize, bytes: Bytes): void {
  store<u32>(at, <u32>changetype<usize>(bytes));
  store<u32>(at, bytes.length, 4);
}

/** Stores address and length of the text, as UTF-8, at `at`. */
export function storeString(at: usize, text: string): void {
  storeBytes(at, utf8(text));
}

/** The UTF-8 form of a text; half a surrogate pair becomes U+FFFD. */
export function utf8(text: string): Bytes {
  if (text.length == 0) return EMPTY;
  const length = String.UTF8.byteLength(text);
  const bytes = new StaticArray<u8>(length);
  String.UTF8.encodeUnsafe(
    changetype<usize>(text),
    text.length,
    changetype<usize>(bytes),
    false,
    String.UTF8.ErrorMode.REPLACE,
  );
  return bytes;
}
