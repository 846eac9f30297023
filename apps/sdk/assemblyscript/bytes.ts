// SPDX-License-Identifier: AGPL-3.0-only

import { Bytes, EMPTY, utf8 } from "./memory";

export { Bytes, EMPTY, utf8 };

/** Whether both hold the same bytes. */
export function same(a: Bytes, b: Bytes): bool {
  return a.length == b.length
    && memory.compare(changetype<usize>(a), changetype<usize>(b), a.length) == 0;
}

/** The bytes of `a` followed by those of `b`. */
export function join(a: Bytes, b: Bytes): Bytes {
  const joined = new StaticArray<u8>(a.length + b.length);
  memory.copy(changetype<usize>(joined), changetype<usize>(a), a.length);
  memory.copy(changetype<usize>(joined) + a.length, changetype<usize>(b), b.length);
  return joined;
}

/** A state key: a name, then bytes that tell apart the entries under it. */
export function key(name: string, rest: Bytes = EMPTY): Bytes {
  return join(utf8(name), rest);
}

/** The number as 8 bytes, big-endian two's complement. */
export function fromI64(value: i64): Bytes {
  const bytes = new StaticArray<u8>(8);
  store<i64>(changetype<usize>(bytes), bswap<i64>(value));
  return bytes;
}

/** The number that `fromI64` wrote; 0 when these are not 8 bytes. */
export function toI64(bytes: Bytes | null): i64 {
  if (bytes === null || bytes.length != 8) return 0;
  return bswap<i64>(load<i64>(changetype<usize>(bytes)));
}

/** One byte. */
export function fromU8(value: u32): Bytes {
  const bytes = new StaticArray<u8>(1);
  bytes[0] = <u8>value;
  return bytes;
}

/** The text of bytes that are known to be UTF-8, as those that `apply` checked and stored. */
export function toText(bytes: Bytes | null): string {
  if (bytes === null || bytes.length == 0) return "";
  return String.UTF8.decodeUnsafe(changetype<usize>(bytes), bytes.length);
}

/** Whether the bytes are UTF-8: no overlong form, no surrogate, nothing past U+10FFFF. */
export function isUtf8(bytes: Bytes): bool {
  let at = 0;
  while (at < bytes.length) {
    const first = <u32>bytes[at];
    const more = first < 0x80 ? 0 : first < 0xc2 ? -1 : first < 0xe0 ? 1 : first < 0xf0 ? 2
      : first < 0xf5 ? 3 : -1;
    if (more < 0 || at + more >= bytes.length) return false;
    for (let i = 1; i <= more; i++) {
      if ((bytes[at + i] & 0xc0) != 0x80) return false;
    }
    if (more > 1) {
      const second = <u32>bytes[at + 1];
      if (first == 0xe0 && second < 0xa0) return false;
      if (first == 0xed && second > 0x9f) return false;
      if (first == 0xf0 && second < 0x90) return false;
      if (first == 0xf4 && second > 0x8f) return false;
    }
    at += more + 1;
  }
  return true;
}

/** A whole number in decimal, or why it is none. */
export class Whole {
  constructor(readonly value: i64, readonly good: bool) {}

  /** Reads digits with at most one sign before them, in the range of 64 bits. */
  static parse(text: string): Whole {
    const bad = new Whole(0, false);
    const negative = text.startsWith("-");
    const from = negative || text.startsWith("+") ? 1 : 0;
    if (text.length == from || text.length > from + 19) return bad;
    let magnitude: u64 = 0;
    for (let i = from; i < text.length; i++) {
      const digit = text.charCodeAt(i) - 0x30;
      if (digit < 0 || digit > 9) return bad;
      magnitude = magnitude * 10 + <u64>digit;
    }
    const allowed: u64 = negative ? 1 << 63 : (1 << 63) - 1;
    if (magnitude > allowed) return bad;
    return new Whole(negative ? 0 - <i64>magnitude : <i64>magnitude, true);
  }
}

/** Puts together the body of an event. */
export class Writer {
  private parts: Bytes = EMPTY;

  /** One byte. */
  u8(value: u32): Writer {
    this.parts = join(this.parts, fromU8(value));
    return this;
  }

  /** 8 bytes, big-endian. */
  i64(value: i64): Writer {
    this.parts = join(this.parts, fromI64(value));
    return this;
  }

  /** A text of at most 65,535 bytes: 2 bytes of length, big-endian, then UTF-8. */
  text(value: string): Writer {
    const bytes = utf8(value);
    this.u8(<u32>bytes.length >> 8);
    this.u8(<u32>bytes.length & 0xff);
    this.parts = join(this.parts, bytes);
    return this;
  }

  bytes(): Bytes {
    return this.parts;
  }
}

/**
 * Takes apart the body of an event, which a stranger may have written: once something is missing or
 * malformed, all that follows reads as empty, and `complete` answers false.
 */
export class Reader {
  private at: i32 = 0;
  private good: bool = true;

  constructor(private readonly source: Bytes) {}

  u8(): u32 {
    return this.has(1) ? <u32>this.source[this.at++] : 0;
  }

  i64(): i64 {
    if (!this.has(8)) return 0;
    const value = bswap<i64>(load<i64>(changetype<usize>(this.source) + this.at));
    this.at += 8;
    return value;
  }

  text(): string {
    const high = this.u8();
    const length = <i32>((high << 8) | this.u8());
    if (!this.has(length)) return "";
    const bytes = StaticArray.slice<u8>(this.source, this.at, this.at + length);
    this.at += length;
    this.good = isUtf8(bytes);
    return this.good ? toText(bytes) : "";
  }

  /** Whether everything was there, well-formed, and nothing is left. */
  complete(): bool {
    return this.good && this.at == this.source.length;
  }

  private has(length: i32): bool {
    this.good = this.good && length <= this.source.length - this.at;
    return this.good;
  }
}
