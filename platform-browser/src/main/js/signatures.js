// SPDX-License-Identifier: AGPL-3.0-only
// Reads the types of a core module's exported functions and globals, which the JavaScript API does
// not tell. The code has been validated before it comes here; positions are trusted, not checked.

const LETTERS = { 0x7f: 'i', 0x7e: 'I', 0x7d: 'f', 0x7c: 'F' };
const TYPE = 1;
const IMPORT = 2;
const FUNCTION = 3;
const MEMORY = 5;
const GLOBAL = 6;
const EXPORT = 7;

class Cursor {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  u8() {
    return this.bytes[this.at++];
  }

  u32() {
    let value = 0;
    let shift = 0;
    for (;;) {
      const byte = this.u8();
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) {
        return value >>> 0;
      }
      shift += 7;
    }
  }

  skipLeb() {
    while (this.u8() >= 0x80);
  }

  name() {
    const size = this.u32();
    const text = new TextDecoder().decode(this.bytes.subarray(this.at, this.at + size));
    this.at += size;
    return text;
  }

  kinds() {
    let letters = '';
    for (let n = this.u32(); n > 0; n--) {
      letters += LETTERS[this.u8()] ?? '?';
    }
    return letters;
  }

  // The minimum.
  limits() {
    const flags = this.u32();
    const least = this.u32();
    if (flags & 1) {
      this.skipLeb();
    }
    return least;
  }

  constant() {
    for (;;) {
      const op = this.u8();
      if (op === 0x0b) {
        return;
      }
      if (op === 0x43) {
        this.at += 4;
      } else if (op === 0x44) {
        this.at += 8;
      } else {
        this.skipLeb();
      }
    }
  }
}

function readImports(cursor, functions, memories, globals) {
  for (let n = cursor.u32(); n > 0; n--) {
    cursor.name();
    cursor.name();
    const kind = cursor.u8();
    if (kind === 0) {
      functions.push(cursor.u32());
    } else if (kind === 1) {
      cursor.u8();
      cursor.limits();
    } else if (kind === 2) {
      memories.push(cursor.limits());
    } else if (kind === 4) {
      cursor.u8();
      cursor.u32();
    } else {
      globals.push(LETTERS[cursor.u8()] ?? '?');
      cursor.u8();
    }
  }
}

function readExports(cursor, spaces, found) {
  const { types, functions, memories, globals } = spaces;
  for (let n = cursor.u32(); n > 0; n--) {
    const name = cursor.name();
    const kind = cursor.u8();
    const index = cursor.u32();
    if (kind === 0) {
      found.set(name, types[functions[index]]);
    } else if (kind === 2) {
      found.set(name, { params: '', results: '', pages: memories[index] });
    } else if (kind === 3) {
      found.set(name, { params: '', results: globals[index] });
    }
  }
}

// Returns a map from export name to {params, results}; a global's kind is its results, a memory has
// the pages that it begins with.
export function signatures(code) {
  const bytes = new Uint8Array(code.buffer, code.byteOffset, code.byteLength);
  const cursor = new Cursor(bytes);
  const types = [];
  const functions = [];
  const memories = [];
  const globals = [];
  const found = new Map();
  cursor.at = 8;
  while (cursor.at < bytes.length) {
    const section = cursor.u8();
    const end = cursor.u32() + cursor.at;
    if (section === TYPE) {
      for (let n = cursor.u32(); n > 0; n--) {
        cursor.u8();
        types.push({ params: cursor.kinds(), results: cursor.kinds() });
      }
    } else if (section === IMPORT) {
      readImports(cursor, functions, memories, globals);
    } else if (section === FUNCTION) {
      for (let n = cursor.u32(); n > 0; n--) {
        functions.push(cursor.u32());
      }
    } else if (section === MEMORY) {
      for (let n = cursor.u32(); n > 0; n--) {
        memories.push(cursor.limits());
      }
    } else if (section === GLOBAL) {
      for (let n = cursor.u32(); n > 0; n--) {
        globals.push(LETTERS[cursor.u8()] ?? '?');
        cursor.u8();
        cursor.constant();
      }
    } else if (section === EXPORT) {
      readExports(cursor, { types, functions, memories, globals }, found);
    }
    cursor.at = end;
  }
  return found;
}
