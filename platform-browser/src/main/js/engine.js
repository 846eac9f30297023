// SPDX-License-Identifier: AGPL-3.0-only
// The browser's own WebAssembly behind the engine port. Java holds the handles made here and calls
// the functions below; nothing here decides anything about a guest.

import { signatures } from './signatures.js';

// As many as the native peer keeps: the components of an app, at 64 modules each, fit together.
const MODULES_KEPT = 256;
const RETURNED = 0;
const TRAPPED = 1;
const ABORTED = 2;
const FAILED = 3;

// Thrown through the frames of a guest: by identity, so that a guest's own trap is never mistaken.
const ABORT = { name: 'abort' };

const modules = new Map();
let failure = '';

class HostBroke {
  constructor(reason) {
    this.reason = reason;
  }
}

export function isPrepared(hash) {
  return modules.has(hash);
}

// Whether the module is there; if so it is the last to go.
function touch(hash) {
  const kept = modules.get(hash);
  if (kept === undefined) {
    return false;
  }
  modules.delete(hash);
  modules.set(hash, kept);
  return true;
}

// The one that was not used for longest goes when there are too many.
function keep(hash, code, module) {
  modules.set(hash, { module, types: signatures(code) });
  if (modules.size > MODULES_KEPT) {
    modules.delete(modules.keys().next().value);
  }
}

// Compiles asynchronously.
export function prepare(hash, code, done, failed) {
  if (touch(hash)) {
    done();
    return;
  }
  const own = code.slice();
  WebAssembly.compile(own).then(
    (module) => {
      keep(hash, own, module);
      done();
    },
    (error) => failed(String(error)),
  );
}

// Compiles at once, which a worker may do at any size; answers '' or why not.
export function prepareNow(hash, code) {
  if (touch(hash)) {
    return '';
  }
  try {
    const own = code.slice();
    keep(hash, own, new WebAssembly.Module(own));
    return '';
  } catch (error) {
    return String(error);
  }
}

export function lastFailure() {
  return failure;
}

export function newImports() {
  return {};
}

export function addImport(imports, module, name, value) {
  const fields = Object.prototype.hasOwnProperty.call(imports, module) ? imports[module] : {};
  Object.defineProperty(fields, name, { value, enumerable: true, configurable: true });
  Object.defineProperty(imports, module, { value: fields, enumerable: true, configurable: true });
}

// Returns [outcome, {instance, types}].
export function instantiate(hash, imports) {
  const kept = modules.get(hash);
  touch(hash);
  if (kept === undefined) {
    failure = 'not prepared';
    return [FAILED, null];
  }
  try {
    const instance = new WebAssembly.Instance(kept.module, imports);
    return [RETURNED, { exports: instance.exports, types: kept.types }];
  } catch (error) {
    return [outcome(error), null];
  }
}

export function outcomeOf(pair) {
  return pair[0];
}

export function instanceOf(pair) {
  return pair[1];
}

// Kinds: 0 none, 1 function, 2 memory, 3 table, 4 global.
export function kindOf(instance, name) {
  if (!Object.prototype.hasOwnProperty.call(instance.exports, name)) {
    return 0;
  }
  const value = instance.exports[name];
  if (typeof value === 'function') {
    return 1;
  }
  if (value instanceof WebAssembly.Memory) {
    return 2;
  }
  return value instanceof WebAssembly.Table ? 3 : 4;
}

export function exportOf(instance, name) {
  return instance.exports[name];
}

export function paramsOf(instance, name) {
  return instance.types.get(name).params;
}

export function resultsOf(instance, name) {
  return instance.types.get(name).results;
}

function outcome(error) {
  if (error === ABORT) {
    return ABORTED;
  }
  if (error instanceof WebAssembly.RuntimeError) {
    return TRAPPED;
  }
  failure = error instanceof HostBroke ? error.reason : String(error);
  return FAILED;
}

// Values of the port are BigInts (i32 and f32 in the low half); kinds are the letters i I f F for
// i32, i64, f32 and f64.
const scratch = new DataView(new ArrayBuffer(8));

function toWasm(kind, bits) {
  switch (kind) {
    case 'i':
      return Number(BigInt.asIntN(32, bits));
    case 'I':
      return bits;
    case 'f':
      scratch.setInt32(0, Number(BigInt.asIntN(32, bits)));
      return scratch.getFloat32(0);
    default:
      scratch.setBigInt64(0, bits);
      return scratch.getFloat64(0);
  }
}

function fromWasm(kind, value) {
  switch (kind) {
    case 'i':
      return BigInt(value | 0);
    case 'I':
      return value;
    case 'f':
      scratch.setFloat32(0, value);
      return BigInt(scratch.getInt32(0));
    default:
      scratch.setFloat64(0, value);
      return scratch.getBigInt64(0);
  }
}

function store(kinds, value, results) {
  if (kinds.length === 1) {
    results[0] = fromWasm(kinds[0], value);
  } else {
    for (let i = 0; i < kinds.length; i++) {
      results[i] = fromWasm(kinds[i], value[i]);
    }
  }
}

export function call(target, params, kinds, args, results) {
  const values = new Array(params.length);
  for (let i = 0; i < params.length; i++) {
    values[i] = toWasm(params[i], args[i]);
  }
  try {
    store(kinds, target(...values), results);
    return RETURNED;
  } catch (error) {
    return outcome(error);
  }
}

// A function that guests import. `body` answers 0 to return and 1 to abort.
export function hostFunction(params, kinds, body) {
  const results = new BigInt64Array(Math.max(1, kinds.length));
  return (...values) => {
    const args = new BigInt64Array(params.length);
    for (let i = 0; i < params.length; i++) {
      args[i] = fromWasm(params[i], values[i]);
    }
    let signal;
    try {
      signal = body(args, results);
    } catch (error) {
      throw new HostBroke(String(error));
    }
    if (signal !== 0) {
      throw ABORT;
    }
    if (kinds.length === 0) {
      return undefined;
    }
    if (kinds.length === 1) {
      return toWasm(kinds[0], results[0]);
    }
    return Array.from(kinds, (kind, i) => toWasm(kind, results[i]));
  };
}

export function newGlobal(kind, initial) {
  const types = { i: 'i32', I: 'i64', f: 'f32', F: 'f64' };
  return new WebAssembly.Global({ value: types[kind], mutable: true }, toWasm(kind, initial));
}

export function globalGet(global, kind) {
  return fromWasm(kind, global.value);
}

export function globalSet(global, kind, bits) {
  global.value = toWasm(kind, bits);
}

// Memory: views are made anew whenever the guest has grown it.
export function openMemory(memory) {
  return { memory, bytes: new Int8Array(memory.buffer), view: new DataView(memory.buffer) };
}

function fresh(handle) {
  if (handle.bytes.buffer !== handle.memory.buffer) {
    handle.bytes = new Int8Array(handle.memory.buffer);
    handle.view = new DataView(handle.memory.buffer);
  }
  return handle;
}

export function memorySize(handle) {
  return handle.memory.buffer.byteLength;
}

export function memoryRead(handle, address, into, offset, length) {
  into.set(fresh(handle).bytes.subarray(address, address + length), offset);
}

export function memoryWrite(handle, address, from, offset, length) {
  fresh(handle).bytes.set(from.subarray(offset, offset + length), address);
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
  fresh(handle).view.setInt8(address, value);
}

export function store16(handle, address, value) {
  fresh(handle).view.setInt16(address, value, true);
}

export function store32(handle, address, value) {
  fresh(handle).view.setInt32(address, value, true);
}

export function store64(handle, address, value) {
  fresh(handle).view.setBigInt64(address, value, true);
}

// An image keeps the size and the bytes up to the last that is not zero.
export function memoryImage(handle) {
  const words = new Int32Array(fresh(handle).memory.buffer);
  let end = words.length;
  while (end > 0 && words[end - 1] === 0) {
    end--;
  }
  return { size: handle.memory.buffer.byteLength, bytes: handle.bytes.slice(0, end * 4) };
}

export function memoryRestore(handle, image) {
  if (handle.memory.buffer.byteLength !== image.size) {
    return false;
  }
  const bytes = fresh(handle).bytes;
  bytes.set(image.bytes, 0);
  bytes.fill(0, image.bytes.length);
  return true;
}
