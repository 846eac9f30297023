// SPDX-License-Identifier: AGPL-3.0-only

// Runs components of random types under jco, for the comparison with this project's own runtime
// (org.myrhiza.testkit.crossing).
//
//   node crossing.mjs < BATCHES    one line of JSON in for each batch, one line out
//
// In, as ExchangeJson writes it: {"seed", "component": base64, "exchanges": [{"params", "result",
// "arguments", "value"}]}, the types and the values beside them. Exchange i is a call of f<i> with
// the arguments; the component then calls h<i>, which returns the value.
//
// Out: {"seed", "refused": why jco makes nothing of it, or null, "exchanges": [{"end": empty if the
// call returned, "arguments": what h<i> was given, "result", "memory": base64}]}; arguments and result
// are strings, the JSON that ExchangeJson would write.

import process from "node:process";
import readline from "node:readline";
import { $init, generate } from "@bytecodealliance/jco-transpile/component";

/** As the command `jco transpile --instantiation sync --no-nodejs-compat` would have it. */
const OPTIONS = {
  name: "c",
  map: [],
  instantiation: { tag: "sync" },
  noTypescript: true,
  noNodejsCompat: true,
  validLiftingOptimization: false,
  tracing: false,
  noComponentErrorWrapping: false,
  tlaCompat: false,
  base64Cutoff: 0,
  noNamespacedExports: true,
  multiMemory: false,
  strict: false,
};

/** What lists of numbers are in JavaScript, beside plain arrays. */
const ARRAYS = {
  u8: Uint8Array,
  s8: Int8Array,
  u16: Uint16Array,
  s16: Int16Array,
  u32: Uint32Array,
  s32: Int32Array,
  u64: BigUint64Array,
  s64: BigInt64Array,
  f32: Float32Array,
  f64: Float64Array,
};

const view = new DataView(new ArrayBuffer(8));

function floatOf(type, digits) {
  view.setBigUint64(0, BigInt(`0x${digits}`) << (type === "f32" ? 32n : 0n));
  return type === "f32" ? view.getFloat32(0) : view.getFloat64(0);
}

function digitsOf(type, number) {
  if (typeof number !== "number") return wrong(type, number);
  if (Number.isNaN(number)) return type === "f32" ? "7fc00000" : "7ff8000000000000";
  if (type === "f64") view.setFloat64(0, number);
  else view.setFloat32(0, number);
  const digits = type === "f32" ? view.getUint32(0) : view.getBigUint64(0);
  return digits.toString(16).padStart(type === "f32" ? 8 : 16, "0");
}

function textOf(units) {
  return String.fromCharCode(...(units.match(/..../g) ?? []).map((unit) => Number(`0x${unit}`)));
}

function unitsOf(text) {
  let out = "";
  for (let i = 0; i < text.length; i++) out += text.charCodeAt(i).toString(16).padStart(4, "0");
  return out;
}

/** Stands for a value that is not of its type. */
function wrong(type, value) {
  return { wrong: type, is: typeof value, text: String(value) };
}

/** Whether values of a type may be undefined themselves, so that an option of it is an object. */
function wraps(type) {
  return type[0] === "option" && !wraps(type[1]);
}

function scalarOf(type, value) {
  switch (type) {
    case "u64":
    case "s64":
      return BigInt(value);
    case "f32":
    case "f64":
      return floatOf(type, value);
    case "char":
      return String.fromCodePoint(value);
    case "string":
      return textOf(value);
    default:
      return value;
  }
}

/** The value that jco takes. Lists of numbers alternate between plain arrays and typed ones. */
function toJs(type, value, typed) {
  if (typeof type === "string") return scalarOf(type, value);
  const [kind, first, second] = type;
  const inside = (of, what) => (of === null ? undefined : toJs(of, what, typed));
  switch (kind) {
    case "list":
    case "fixed": {
      const items = value.map((item) => toJs(first, item, typed));
      return kind === "list" && first in ARRAYS && typed ? ARRAYS[first].from(items) : items;
    }
    case "map":
      return new Map(value.map(([k, v]) => [toJs(first, k, typed), toJs(second, v, typed)]));
    case "record":
      return Object.fromEntries(
        first.map(([name, of], i) => [name, toJs(of, value[i], typed)]),
      );
    case "tuple":
      return first.map((of, i) => toJs(of, value[i], typed));
    case "variant": {
      const [tag, of] = first[value[0]];
      return of === null ? { tag } : { tag, val: toJs(of, value[1], typed) };
    }
    case "enum":
      return first[value[0]];
    case "flags":
      return Object.fromEntries(first.map((label, i) => [label, ((value >>> i) & 1) === 1]));
    case "option": {
      if (!wraps(first)) return value[0] === 0 ? undefined : toJs(first, value[1], typed);
      return value[0] === 0 ? { tag: "none" } : { tag: "some", val: toJs(first, value[1], typed) };
    }
    case "result":
      return value[0] === 0
        ? { tag: "ok", val: inside(first, value[1]) }
        : { tag: "err", val: inside(second, value[1]) };
    default:
      throw new Error(`unknown type ${kind}`);
  }
}

function scalarFrom(type, value) {
  switch (type) {
    case "u64":
    case "s64":
      return typeof value === "bigint" ? value.toString() : wrong(type, value);
    case "f32":
    case "f64":
      return digitsOf(type, value);
    case "char":
      return typeof value === "string" && [...value].length === 1
        ? value.codePointAt(0)
        : wrong(type, value);
    case "string":
      return typeof value === "string" ? unitsOf(value) : wrong(type, value);
    case "bool":
      return typeof value === "boolean" ? value : wrong(type, value);
    default:
      return typeof value === "number" ? value : wrong(type, value);
  }
}

/** The value that jco gave, in the form of the lines. */
function fromJs(type, value) {
  if (typeof type === "string") return scalarFrom(type, value);
  const [kind, first, second] = type;
  const chosen = (index, of, what) => (of === null ? [index] : [index, fromJs(of, what)]);
  switch (kind) {
    case "list":
      if (first in ARRAYS && !(value instanceof ARRAYS[first])) return wrong("list", value);
      return Array.from(value, (item) => fromJs(first, item));
    case "fixed":
      return Array.from(value, (item) => fromJs(first, item));
    case "map":
      return Array.from(value, ([k, v]) => [fromJs(first, k), fromJs(second, v)]);
    case "record":
      return first.map(([name, of]) => fromJs(of, value[name]));
    case "tuple":
      return first.map((of, i) => fromJs(of, value[i]));
    case "variant": {
      const index = first.findIndex(([name]) => name === value.tag);
      return index < 0 ? wrong(kind, value) : chosen(index, first[index][1], value.val);
    }
    case "enum":
      return [first.indexOf(value)];
    case "flags":
      return first.reduce((bits, label, i) => bits + (value[label] ? 2 ** i : 0), 0);
    case "option": {
      if (!wraps(first)) return value === undefined ? [0] : [1, fromJs(first, value)];
      return value.tag === "none" ? [0] : [1, fromJs(first, value.val)];
    }
    case "result":
      return value.tag === "ok" ? chosen(0, first, value.val) : chosen(1, second, value.val);
    default:
      throw new Error(`unknown type ${kind}`);
  }
}

/** What a host function does to give the value: for results, returns or throws what they carry. */
function returned(type, value, typed) {
  if (type === null) return undefined;
  const given = toJs(type, value, typed);
  if (type[0] !== "result") return given;
  if (given.tag === "err") throw { payload: given.val };
  return given.val;
}

/** Calls an export: one of a result returns what ok carries and throws what error does. */
function called(type, call) {
  if (type === null || type[0] !== "result") {
    const value = call();
    return type === null ? null : fromJs(type, value);
  }
  try {
    return fromJs(type, { tag: "ok", val: call() });
  } catch (thrown) {
    if (thrown?.constructor?.name !== "ComponentError") throw thrown;
    return fromJs(type, { tag: "err", val: thrown.payload });
  }
}

function run(instantiate, modules, exchanges, index) {
  const { params, result, arguments: given, value } = exchanges[index];
  const typed = index % 2 === 0;
  const seen = { end: "", arguments: "", result: "", memory: "" };
  const imports = {};
  for (let i = 0; i < exchanges.length; i++) {
    imports[`h${i}`] = {
      default: (...values) => {
        seen.arguments = JSON.stringify(params.map((type, at) => fromJs(type, values[at])));
        return returned(result, value, typed);
      },
    };
  }
  try {
    const exports = instantiate((name) => modules.get(name), imports);
    const values = given.map((each, i) => toJs(params[i], each, typed));
    seen.result = JSON.stringify(called(result, () => exports[`f${index}`](...values)));
    seen.memory = Buffer.from(exports.dump()).toString("base64");
  } catch (thrown) {
    seen.end = `${thrown?.constructor?.name}: ${thrown?.message}`;
  }
  return seen;
}

async function answer(batch) {
  try {
    const { files } = generate(Buffer.from(batch.component, "base64"), OPTIONS);
    const modules = new Map();
    let source = "";
    for (const [name, bytes] of files) {
      if (name.endsWith(".wasm")) modules.set(name, new WebAssembly.Module(bytes));
      else source = Buffer.from(bytes).toString("base64");
    }
    const { instantiate } = await import(`data:text/javascript;base64,${source}`);
    const exchanges = batch.exchanges.map((_, i) => run(instantiate, modules, batch.exchanges, i));
    return { seed: batch.seed, refused: null, exchanges };
  } catch (thrown) {
    const refused = `${thrown?.constructor?.name}: ${thrown?.payload ?? thrown?.message}`;
    return { seed: batch.seed, refused, exchanges: [] };
  }
}

await $init;
for await (const line of readline.createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await answer(JSON.parse(line)))}\n`);
}
