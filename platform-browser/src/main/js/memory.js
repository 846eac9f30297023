// SPDX-License-Identifier: AGPL-3.0-only
// Memories behind the engine port: access by the host, and images that are put back block by block.

// Up to here a loop is faster than a view for a copy.
const FEW_BYTES = 64;

const PAGE = 65536;

// As org.myrhiza.wasm.meter.MarkedWrites has it.
const OVERHANG = 7;

// Calls that did not return: what they wrote nobody marked.
let broken = 0;

export function distrustMarks() {
  broken++;
}

// A memory, once for each: its views, made anew whenever the guest has grown it, and what is known
// about writes since it was last like the image `like`. `marks` are the blocks that the host wrote,
// `guest` those of its guest: where to take them, and the size for which they are right; null where
// nobody marks them.
const memories = new WeakMap();

export function openMemory(memory) {
  let handle = memories.get(memory);
  if (handle === undefined) {
    const bytes = new Int8Array(memory.buffer);
    const view = new DataView(memory.buffer);
    const shift = blockShift(bytes.length);
    handle = { memory, bytes, view, shift, guest: null, marks: 0, like: null, broken };
    memories.set(memory, handle);
  }
  return handle;
}

// At most 32 blocks, each a power of two.
function blockShift(size) {
  return Math.max(0, 27 - Math.clz32(size - 1));
}

// Says that the memory's guest marks what it writes, as long as it has not grown.
export function keepMarked(memory, take, pages) {
  openMemory(memory).guest = { take, size: pages * PAGE };
}

// Says that another module writes there too, which marks nothing.
export function leaveUnmarked(memory) {
  openMemory(memory).guest = null;
}

// Growing a memory takes the bytes away from every view.
function fresh(handle) {
  if (handle.bytes.length === 0) {
    handle.bytes = new Int8Array(handle.memory.buffer);
    handle.view = new DataView(handle.memory.buffer);
  }
  return handle;
}

// The same before a write of at most 8 bytes.
function marked(handle, address) {
  handle.marks |= 1 << (address >>> handle.shift);
  return fresh(handle);
}

export function memorySize(handle) {
  return fresh(handle).bytes.length;
}

export function memoryRead(handle, address, into, offset, length) {
  const bytes = fresh(handle).bytes;
  if (length > FEW_BYTES) {
    into.set(bytes.subarray(address, address + length), offset);
    return;
  }
  for (let i = 0; i < length; i++) {
    into[offset + i] = bytes[address + i];
  }
}

export function memoryWrite(handle, address, from, offset, length) {
  const bytes = fresh(handle).bytes;
  if (length === 0) {
    return;
  }
  const last = (address + length - 1) >>> handle.shift;
  handle.marks |= (-1 << (address >>> handle.shift)) & (-1 >>> (31 - last));
  if (length === from.length) {
    bytes.set(from, address);
    return;
  }
  if (length > FEW_BYTES) {
    bytes.set(from.subarray(offset, offset + length), address);
    return;
  }
  for (let i = 0; i < length; i++) {
    bytes[address + i] = from[offset + i];
  }
}

export function load8(handle, address) {
  return fresh(handle).view.getUint8(address);
}

export function load16(handle, address) {
  return fresh(handle).view.getUint16(address, true);
}

export function load32(handle, address) {
  return fresh(handle).view.getInt32(address, true);
}

export function load64(handle, address) {
  return fresh(handle).view.getBigInt64(address, true);
}

export function store8(handle, address, value) {
  marked(handle, address).view.setInt8(address, value);
}

export function store16(handle, address, value) {
  marked(handle, address).view.setInt16(address, value, true);
}

export function store32(handle, address, value) {
  marked(handle, address).view.setInt32(address, value, true);
}

export function store64(handle, address, value) {
  marked(handle, address).view.setBigInt64(address, value, true);
}

// An image has the size, and block by block what is not zero.
export function memoryImage(handle) {
  const { bytes } = fresh(handle);
  handle.shift = blockShift(bytes.length);
  const words = new Int32Array(handle.memory.buffer);
  let end = words.length;
  while (end > 0 && words[end - 1] === 0) {
    end--;
  }
  const kept = bytes.slice(0, end * 4);
  const size = bytes.length;
  const blocks = [];
  for (let from = 0; from < size; from += 1 << handle.shift) {
    blocks.push(kept.subarray(from, from + (1 << handle.shift) + OVERHANG));
  }
  const image = { size, blocks, bytes: kept };
  if (handle.guest !== null && handle.guest.size !== size) {
    handle.guest = null;
  }
  unmark(handle, image);
  return image;
}

function unmark(handle, image) {
  handle.marks = 0;
  handle.like = image;
  handle.broken = broken;
  if (handle.guest !== null) {
    handle.guest.take();
  }
}

export function memoryRestore(handle, image) {
  const { bytes } = fresh(handle);
  if (bytes.length !== image.size) {
    return false;
  }
  if (handle.guest === null || handle.like !== image || handle.broken !== broken) {
    bytes.set(image.bytes, 0);
    bytes.fill(0, image.bytes.length);
    unmark(handle, image);
    return true;
  }
  let marks = handle.guest.take() | handle.marks;
  handle.marks = 0;
  while (marks !== 0) {
    const block = 31 - Math.clz32(marks);
    marks ^= 1 << block;
    // A bulk instruction of no length may mark what there is not.
    if (block < image.blocks.length) {
      restoreBlock(bytes, image.blocks[block], block << handle.shift, handle.shift);
    }
  }
  return true;
}

// What lies behind the image's last byte that is not zero is zero.
function restoreBlock(bytes, kept, from, shift) {
  bytes.set(kept, from);
  const all = (1 << shift) + OVERHANG;
  if (kept.length < all) {
    bytes.fill(0, from + kept.length, from + all);
  }
}
