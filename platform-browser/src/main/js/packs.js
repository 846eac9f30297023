// SPDX-License-Identifier: AGPL-3.0-only
// The form of what IndexedDB holds. A record is stored alone, or with others of ascending keys in a
// pack: each as the length of its key (16 bits), the length of its value (32 bits), key and value.
// Everything stored ends in a checksum, so that bytes that are not as they were written are told.

const CHECKSUM_BYTES = 4;
const HEAD_BYTES = 6;
const REMOVED = -1;
const RANGE = -2;

// A pack is closed at so many bytes or records, and not made of fewer records.
const PACK_BYTES = 65536;
const PACK_RECORDS = 256;
const PACK_LEAST = 16;

// Keys of one kind and topic share so many bytes. Those of events and verdicts go on with a place,
// and so come in order; any other are packed when they differ only in a number at their end.
const GROUP_BYTES = 33;
const PLACED = [3, 4];
const COUNTED_BYTES = 4;

const POLYNOMIAL = 0xedb88320;
const TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) {
    value = (value >>> 1) ^ (value & 1 ? POLYNOMIAL : 0);
  }
  return value;
});

// CRC-32 of `bytes[from..to)`, going on from that of what is before it.
export function checksum(bytes, from, to, before = 0) {
  let value = ~before;
  for (let i = from; i < to; i++) {
    value = (value >>> 8) ^ TABLE[(value ^ bytes[i]) & 0xff];
  }
  return ~value;
}

export function compare(a, b) {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    if (a[i] !== b[i]) {
      return a[i] - b[i];
    }
  }
  return a.length - b.length;
}

// A value with the checksum of its key and itself, as a buffer.
export function sealed(key, value) {
  const bytes = new Uint8Array(value.length + CHECKSUM_BYTES);
  bytes.set(value);
  const sum = checksum(value, 0, value.length, checksum(key, 0, key.length));
  new DataView(bytes.buffer).setInt32(value.length, sum);
  return bytes.buffer;
}

// The value of what `sealed` made, null where it is not that.
export function unsealed(key, buffer) {
  const bytes = new Uint8Array(buffer);
  const size = bytes.length - CHECKSUM_BYTES;
  if (size < 0) {
    return null;
  }
  const sum = checksum(bytes, 0, size, checksum(key, 0, key.length));
  return new DataView(buffer).getInt32(size) === sum ? bytes.slice(0, size) : null;
}

// A record, or a change: of a key to be removed, or of a range to be removed that begins at the key.
class Entry {
  constructor(bytes, at, keyEnd, length) {
    this.bytes = bytes;
    this.at = at;
    this.keyEnd = keyEnd;
    this.isRemoval = length === REMOVED;
    this.isRange = length <= RANGE;
    this.end = keyEnd + (length >= 0 ? length : this.isRange ? RANGE - length : 0);
    this.key = bytes.subarray(at + HEAD_BYTES, keyEnd);
  }

  // The value, or the end of the range.
  get value() {
    return this.bytes.subarray(this.keyEnd, this.end);
  }
}

// Takes records or changes apart.
export function records(bytes, size = bytes.length) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = [];
  for (let at = 0; at < size; at = found[found.length - 1].end) {
    found.push(new Entry(bytes, at, at + HEAD_BYTES + view.getUint16(at), view.getInt32(at + 2)));
  }
  return found;
}

// A pack of some records, as a buffer; those that lie side by side are copied at once.
export function packed(some) {
  const size = some.reduce((sum, record) => sum + record.end - record.at, 0);
  const bytes = new Uint8Array(size + CHECKSUM_BYTES);
  let at = 0;
  for (let i = 0; i < some.length; ) {
    const { bytes: source, at: from } = some[i];
    let { end } = some[i];
    for (i++; i < some.length && some[i].bytes === source && some[i].at === end; i++) {
      end = some[i].end;
    }
    bytes.set(source.subarray(from, end), at);
    at += end - from;
  }
  new DataView(bytes.buffer).setInt32(size, checksum(bytes, 0, size));
  return bytes.buffer;
}

// The records of a pack, null where its bytes are not as they were written.
export function unpacked(buffer) {
  const bytes = new Uint8Array(buffer ?? 0);
  const size = bytes.length - CHECKSUM_BYTES;
  const good =
    size > 0 && new DataView(bytes.buffer).getInt32(size) === checksum(bytes, 0, size);
  return good ? records(bytes, size) : null;
}

// Cuts a run of records into packs of bounded size.
export function cut(run) {
  const packs = [];
  let from = 0;
  let bytes = 0;
  for (let i = 0; i < run.length; i++) {
    bytes += run[i].end - run[i].at;
    if (i + 1 === run.length || bytes >= PACK_BYTES || i + 1 - from === PACK_RECORDS) {
      packs.push(run.slice(from, i + 1));
      from = i + 1;
      bytes = 0;
    }
  }
  return packs;
}

export function isPack(some) {
  return some.length >= PACK_LEAST;
}

// Whether two keys, one after the other, may be in one pack.
export function follows(key, before) {
  if (key.length !== before.length || key.length <= GROUP_BYTES) {
    return false;
  }
  const shared = PLACED.includes(key[0]) ? GROUP_BYTES : key.length - COUNTED_BYTES;
  for (let i = 0; i < shared; i++) {
    if (key[i] !== before[i]) {
      return false;
    }
  }
  return true;
}

// Which packs there are, by first and last key, ascending; no two of them overlap.
export class Directory {
  constructor(packs) {
    this.packs = packs;
  }

  static of(ids) {
    return new Directory(ids.map(([first, last]) => Directory.entry(first, last)));
  }

  static entry(first, last) {
    return { id: [first, last], first: new Uint8Array(first), last: new Uint8Array(last) };
  }

  copy() {
    return new Directory(this.packs.slice());
  }

  // The index of the first pack that ends at or after a key.
  at(key) {
    let low = 0;
    let high = this.packs.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compare(this.packs[middle].last, key) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  // The pack that may hold a key, undefined where none does.
  around(key) {
    const pack = this.packs[this.at(key)];
    return pack !== undefined && compare(pack.first, key) <= 0 ? pack : undefined;
  }

  // At most some of the packs that reach into a range.
  within(from, to, most = Infinity) {
    const begin = this.at(from);
    let end = begin;
    while (end < this.packs.length && end - begin < most && compare(this.packs[end].first, to) < 0) {
      end++;
    }
    return this.packs.slice(begin, end);
  }

  add(pack) {
    this.packs.splice(this.at(pack.first), 0, pack);
  }

  remove(pack) {
    this.packs.splice(this.at(pack.last), 1);
  }
}
