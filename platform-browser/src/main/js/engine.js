// SPDX-License-Identifier: AGPL-3.0-only
// The browser's own WebAssembly behind the engine port. Java holds the handles made here and calls
// the functions below; nothing here decides anything about a guest.

import { distrustMarks, keepMarked, leaveUnmarked } from './memory.js';
import { signatures } from './signatures.js';

// As many as the native peer keeps: the components of an app, at 64 modules each, fit together.
const MODULES_KEPT = 256;
const RETURNED = 0;
const TRAPPED = 1;
const ABORTED = 2;
const FAILED = 3;
const EXHAUSTED = 4;

// Up to here a loop is faster than a view for a copy.
const FEW_BYTES = 64;

// (module (func (export "trap") unreachable))
const TRAP = [
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
  ...[0x01, 0x04, 0x01, 0x60, 0x00, 0x00],
  ...[0x03, 0x02, 0x01, 0x00],
  ...[0x07, 0x08, 0x01, 0x04, 0x74, 0x72, 0x61, 0x70, 0x00, 0x00],
  ...[0x0a, 0x05, 0x01, 0x03, 0x00, 0x00, 0x0b],
];

// A trap that the engine made itself: no guest can catch it, as it could anything else that is
// thrown through its frames.
function uncatchable() {
  try {
    new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from(TRAP))).exports.trap();
  } catch (trap) {
    return trap;
  }
  throw new Error('unreachable was passed');
}

// Thrown through the frames of a guest: by identity, so that a guest's own trap is never mistaken.
const ABORT = uncatchable();
const BROKE = uncatchable();

// As org.myrhiza.wasm.meter.MarkedWrites has them: a module that keeps marks of what it writes.
const MARKS = 'myrhiza!marks';
const IMAGE_MEMORY = 'myrhiza!memory';

const modules = new Map();
let failure = '';

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
  if (value instanceof WebAssembly.Memory) {
    // Another module writes there, and marks nothing.
    leaveUnmarked(value);
  }
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
    const { exports } = new WebAssembly.Instance(kept.module, imports);
    if (Object.prototype.hasOwnProperty.call(exports, MARKS)) {
      const { pages } = kept.types.get(IMAGE_MEMORY);
      keepMarked(exports[IMAGE_MEMORY], exports[MARKS], pages);
    }
    return [RETURNED, { exports, types: kept.types }];
  } catch (error) {
    // A browser that has no memory left throws what it throws at the end of the stack.
    const ended = outcome(error);
    return [ended === EXHAUSTED ? FAILED : ended, null];
  }
}

export function outcomeOf(pair) {
  return pair[0];
}

export function instanceOf(pair) {
  return pair[1];
}

// Kinds: 0 none, 1 function, 2 memory, 3 table, 4 global, 5 tag.
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
  if (value instanceof WebAssembly.Table) {
    return 3;
  }
  return value instanceof WebAssembly.Tag ? 5 : 4;
}

export function exportOf(instance, name) {
  return instance.exports[name];
}

// The function of an export with all that calling it needs; see `callee`.
export function functionOf(instance, name) {
  const type = instance.types.get(name);
  return callee(instance.exports[name], type.params, type.results);
}

export function resultsOf(instance, name) {
  return instance.types.get(name).results;
}

function outcome(error) {
  distrustMarks();
  if (error === ABORT) {
    return ABORTED;
  }
  if (error === BROKE) {
    return FAILED;
  }
  if (error instanceof WebAssembly.RuntimeError || error instanceof WebAssembly.Exception) {
    return TRAPPED;
  }
  if (error instanceof RangeError) {
    failure = 'the native stack is exhausted';
    return EXHAUSTED;
  }
  failure = String(error);
  return FAILED;
}

// Values of the port lie in slots: i32 and f32 (by its bits) in an array of 32-bit integers, i64 and
// f64 (by its bits) in one of 64-bit integers. Kinds are the letters i I f F for i32, i64, f32, f64.
const scratch = new DataView(new ArrayBuffer(8));

function toWasm(kind, ints, longs, i) {
  switch (kind) {
    case 'i':
      return ints[i];
    case 'I':
      return longs[i];
    case 'f':
      scratch.setInt32(0, ints[i]);
      return scratch.getFloat32(0);
    default:
      scratch.setBigInt64(0, longs[i]);
      return scratch.getFloat64(0);
  }
}

function fromWasm(kind, value, ints, longs, i) {
  switch (kind) {
    case 'i':
      ints[i] = value;
      break;
    case 'I':
      longs[i] = value;
      break;
    case 'f':
      scratch.setFloat32(0, value);
      ints[i] = scratch.getInt32(0);
      break;
    default:
      scratch.setFloat64(0, value);
      longs[i] = scratch.getBigInt64(0);
  }
}

// How to call a function with arguments out of slots; shapes that calls mostly have come first.
function invoker(target, params) {
  switch (params) {
    case '':
      return () => target();
    case 'i':
      return (ints) => target(ints[0]);
    case 'ii':
      return (ints) => target(ints[0], ints[1]);
    case 'iii':
      return (ints) => target(ints[0], ints[1], ints[2]);
    case 'iiii':
      return (ints) => target(ints[0], ints[1], ints[2], ints[3]);
    default:
      return general(target, params);
  }
}

function general(target, params) {
  const [a, b, c, d, e, f] = params;
  switch (params.length) {
    case 1:
      return (ints, longs) => target(toWasm(a, ints, longs, 0));
    case 2:
      return (ints, longs) => target(toWasm(a, ints, longs, 0), toWasm(b, ints, longs, 1));
    case 3:
    case 4:
    case 5:
    case 6:
      // A function of WebAssembly takes no notice of arguments beyond its own.
      return (ints, longs) =>
        target(
          toWasm(a, ints, longs, 0),
          toWasm(b, ints, longs, 1),
          toWasm(c, ints, longs, 2),
          d && toWasm(d, ints, longs, 3),
          e && toWasm(e, ints, longs, 4),
          f && toWasm(f, ints, longs, 5),
        );
    default:
      return (ints, longs) => {
        const values = new Array(params.length);
        for (let i = 0; i < params.length; i++) {
          values[i] = toWasm(params[i], ints, longs, i);
        }
        return target(...values);
      };
  }
}

function callee(target, params, kinds) {
  return { target, kinds, invoke: invoker(target, params) };
}

export function handleOf(callee) {
  return callee.target;
}

export function call(callee, ints, longs, intsOut, longsOut) {
  try {
    const value = callee.invoke(ints, longs);
    const kinds = callee.kinds;
    if (kinds === 'i') {
      intsOut[0] = value;
    } else if (kinds.length === 1) {
      fromWasm(kinds, value, intsOut, longsOut, 0);
    } else {
      for (let i = 0; i < kinds.length; i++) {
        fromWasm(kinds[i], value[i], intsOut, longsOut, i);
      }
    }
    return RETURNED;
  } catch (error) {
    return outcome(error);
  }
}

export function slots(kinds, ints, longs) {
  return { kinds, ints, longs };
}

// A function that guests import. `body` takes its arguments out of one set of slots, leaves its
// results in the other, and answers 0 to return and 1 to abort.
export function hostFunction(args, results, body) {
  const params = args.kinds;
  const kinds = results.kinds;
  const target = (...values) => {
    for (let i = 0; i < params.length; i++) {
      fromWasm(params[i], values[i], args.ints, args.longs, i);
    }
    let signal;
    try {
      signal = body();
    } catch (error) {
      failure = String(error);
      throw BROKE;
    }
    if (signal !== 0) {
      throw ABORT;
    }
    if (kinds.length === 0) {
      return undefined;
    }
    if (kinds.length === 1) {
      return toWasm(kinds, results.ints, results.longs, 0);
    }
    return Array.from(kinds, (kind, i) => toWasm(kind, results.ints, results.longs, i));
  };
  return callee(target, params, kinds);
}

function bits(kind, value) {
  const ints = new Int32Array(1);
  const longs = new BigInt64Array(1);
  fromWasm(kind, value, ints, longs, 0);
  return kind === 'f' || kind === 'i' ? BigInt(ints[0]) : longs[0];
}

function ofBits(kind, value) {
  return toWasm(kind, Int32Array.of(Number(BigInt.asIntN(32, value))), BigInt64Array.of(value), 0);
}

// An integer global whose host reads and writes it through functions of its module: those come
// without the accessor of WebAssembly.Global, and for 64 bits without a BigInt.
// (module (global (export "global") (mut i64) (i64.const 0))
//   (func (export "low") (result i32) (i32.wrap_i64 (global.get 0)))
//   (func (export "high") (result i32) (i32.wrap_i64 (i64.shr_u (global.get 0) (i64.const 32))))
//   (func (export "set") (param i32) (global.set 0 (i64.extend_i32_u (local.get 0)))))
const LONG_CELL = [
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
  ...[0x01, 0x09, 0x02, 0x60, 0x00, 0x01, 0x7f, 0x60, 0x01, 0x7f, 0x00],
  ...[0x03, 0x04, 0x03, 0x00, 0x00, 0x01],
  ...[0x06, 0x06, 0x01, 0x7e, 0x01, 0x42, 0x00, 0x0b],
  ...[0x07, 0x1d, 0x04, 0x06, 0x67, 0x6c, 0x6f, 0x62, 0x61, 0x6c, 0x03, 0x00],
  ...[0x03, 0x6c, 0x6f, 0x77, 0x00, 0x00, 0x04, 0x68, 0x69, 0x67, 0x68, 0x00, 0x01],
  ...[0x03, 0x73, 0x65, 0x74, 0x00, 0x02],
  ...[0x0a, 0x18, 0x03, 0x05, 0x00, 0x23, 0x00, 0xa7, 0x0b],
  ...[0x08, 0x00, 0x23, 0x00, 0x42, 0x20, 0x88, 0xa7, 0x0b],
  ...[0x07, 0x00, 0x20, 0x00, 0xad, 0x24, 0x00, 0x0b],
];
// The same with i32.
const INT_CELL = [
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
  ...[0x01, 0x09, 0x02, 0x60, 0x00, 0x01, 0x7f, 0x60, 0x01, 0x7f, 0x00],
  ...[0x03, 0x03, 0x02, 0x00, 0x01],
  ...[0x06, 0x06, 0x01, 0x7f, 0x01, 0x41, 0x00, 0x0b],
  ...[0x07, 0x16, 0x03, 0x06, 0x67, 0x6c, 0x6f, 0x62, 0x61, 0x6c, 0x03, 0x00],
  ...[0x03, 0x6c, 0x6f, 0x77, 0x00, 0x00, 0x03, 0x73, 0x65, 0x74, 0x00, 0x01],
  ...[0x0a, 0x0d, 0x02, 0x04, 0x00, 0x23, 0x00, 0x0b, 0x06, 0x00, 0x20, 0x00, 0x24, 0x00, 0x0b],
];
const cells = new Map();

export function newCell(kind) {
  let module = cells.get(kind);
  if (module === undefined) {
    module = new WebAssembly.Module(Uint8Array.from(kind === 'I' ? LONG_CELL : INT_CELL));
    cells.set(kind, module);
  }
  return new WebAssembly.Instance(module).exports;
}

export function cellGlobal(cell) {
  return cell.global;
}

export function cellLow(cell) {
  return cell.low();
}

export function cellHigh(cell) {
  return cell.high();
}

export function cellSet(cell, value) {
  cell.set(value);
}

export function newGlobal(kind, initial) {
  const types = { f: 'f32', F: 'f64' };
  return new WebAssembly.Global({ value: types[kind], mutable: true }, ofBits(kind, initial));
}

export function globalGetLong(global) {
  return global.value;
}

export function globalSetLong(global, value) {
  global.value = value;
}

export function globalGetInt(global) {
  return global.value;
}

export function globalSetInt(global, value) {
  global.value = value;
}

export function globalGet(global, kind) {
  return bits(kind, global.value);
}

export function globalSet(global, kind, value) {
  global.value = ofBits(kind, value);
}
