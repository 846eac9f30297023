// SPDX-License-Identifier: AGPL-3.0-only

// Turns component scripts (.wast) into JSON that the runner in testkit reads (org.myrhiza.testkit.wast).
// Every component in text form becomes a binary here, with the text beside it, from which the runner
// sees whether a skipped form uses what it was skipped for; what the text parser refuses has the binary
// null and the reason beside it.
//
//   node wast.mjs FILE...     one line of JSON for each file, in their order, on standard output
//
// A script is {"file", "commands": [{"type", "line", …}]}. The types, and what they have beside:
//
//   component, definition     name, binary, parseError
//   instance                  name, definition (null: the last one)
//   invoke                    instance (null: the last one), field, args
//   assert_return             the same, expected
//   assert_trap               the same, message; or binary, parseError, message for a component
//   assert_invalid, assert_malformed, assert_unlinkable
//                             binary, parseError, message
//   unknown                   form: what this converter does not know or cannot read; the runner
//                             fails it

import fs from "node:fs";
import process from "node:process";
import { pathToFileURL } from "node:url";

/** A script, or a form of it, that cannot be read. */
class ScriptError extends Error {
  constructor(line, what) {
    super(what);
    this.line = line;
  }

  /** What stands for it among the commands. */
  command() {
    return { type: "unknown", line: this.line, form: this.message };
  }
}

const SPACE = /[ \t\r\n]/;
const ATOM_END = /[ \t\r\n()";]/;

/**
 * Reads s-expressions: lists are {line, start, end, items}, strings {line, bytes}, the rest
 * {line, atom}. Comments are left out; an identifier such as $"a b" is one atom.
 */
class Scanner {
  constructor(text) {
    this.text = text;
    this.at = 0;
    this.line = 1;
  }

  /** All forms up to the end of the text. */
  forms() {
    const forms = this.items();
    if (this.at < this.text.length) throw this.error("a ) too many");
    return forms;
  }

  error(what) {
    return new ScriptError(this.line, what);
  }

  advance(count = 1) {
    for (const end = this.at + count; this.at < end; this.at++) {
      if (this.text[this.at] === "\n") this.line++;
    }
  }

  items() {
    const items = [];
    for (;;) {
      this.skipSpace();
      if (this.at >= this.text.length || this.text[this.at] === ")") return items;
      items.push(this.item());
    }
  }

  skipSpace() {
    while (this.at < this.text.length) {
      if (this.text.startsWith(";;", this.at)) {
        const end = this.text.indexOf("\n", this.at);
        this.at = end < 0 ? this.text.length : end;
      } else if (this.text.startsWith("(;", this.at)) {
        this.skipBlock();
      } else if (SPACE.test(this.text[this.at])) {
        this.advance();
      } else {
        return;
      }
    }
  }

  /** A block comment, which nests. */
  skipBlock() {
    let depth = 0;
    do {
      if (this.at >= this.text.length) throw this.error("a comment without end");
      const opens = this.text.startsWith("(;", this.at);
      const closes = this.text.startsWith(";)", this.at);
      depth += opens ? 1 : closes ? -1 : 0;
      this.advance(opens || closes ? 2 : 1);
    } while (depth > 0);
  }

  item() {
    const { line, at: start } = this;
    const first = this.text[start];
    if (first === '"') return { line, bytes: this.string() };
    if (first === "(") {
      this.advance();
      const items = this.items();
      if (this.at >= this.text.length) throw this.error(`the list of line ${line} has no end`);
      this.advance();
      return { line, start, end: this.at, items };
    }
    if (first === ";") throw this.error("a lone ;");
    while (this.at < this.text.length && !ATOM_END.test(this.text[this.at])) this.advance();
    if (/^[$@]$/.test(this.text.slice(start, this.at)) && this.text[this.at] === '"') this.string();
    return { line, atom: this.text.slice(start, this.at) };
  }

  /** The bytes of a string, its escapes resolved. */
  string() {
    const parts = [];
    this.advance();
    for (;;) {
      if (this.at >= this.text.length) throw this.error("a string without end");
      const rest = this.text.slice(this.at, this.at + 12);
      const [whole, plain, escape] =
        /^(?:([^"\\]+)|\\([tnr"'\\]|[0-9a-fA-F]{2}|u\{[0-9a-fA-F_]+\}))/.exec(rest) ?? [""];
      if (rest[0] === '"') {
        this.advance();
        return Buffer.concat(parts);
      }
      if (whole === "") throw this.error("an unknown escape");
      // A pair of surrogates is one character and must not be cut in two.
      const cut = plain !== undefined && /[\ud800-\udbff]$/.test(plain) && plain.length > 1;
      const taken = cut ? plain.slice(0, -1) : plain;
      parts.push(plain === undefined ? escaped(escape) : Buffer.from(taken, "utf8"));
      this.advance(cut ? taken.length : whole.length);
    }
  }
}

/** The bytes of one escape, its backslash left out. */
function escaped(escape) {
  const simple = { t: "\t", n: "\n", r: "\r", '"': '"', "'": "'", "\\": "\\" }[escape];
  if (simple !== undefined) return Buffer.from(simple, "utf8");
  if (escape.startsWith("u{")) {
    const code = Number.parseInt(escape.slice(2, -1).replaceAll("_", ""), 16);
    return Buffer.from(String.fromCodePoint(code), "utf8");
  }
  return Buffer.from(escape, "hex");
}

function isName(item) {
  return item?.atom?.startsWith("$") ?? false;
}

function head(item) {
  return item?.items?.[0]?.atom ?? "";
}

/** Most characters of something unknown that a message shows. */
const SHOWN_CHARS = 16;

/** A text for a message: in quotes, short, and with nothing in it that a terminal would obey. */
function shown(text) {
  const escape = (char) => `\\u{${char.codePointAt(0).toString(16)}}`;
  const characters = [...text];
  const begin = characters.slice(0, SHOWN_CHARS).join("");
  const rest = characters.length > SHOWN_CHARS ? "…" : "";
  return `"${begin.replaceAll(/[^ !#-[\]-~]/gu, escape)}"${rest}`;
}

/** What a form is, for a message. */
function described(item) {
  if (item === undefined) return "nothing";
  if (item.bytes !== undefined) return "a string";
  if (item.items === undefined) return `the word ${shown(item.atom)}`;
  const word = head(item);
  if (word === "") return "a list that does not begin with a word";
  return /^[a-z_]{1,32}$/.test(word) ? word : `a list that begins with ${shown(word)}`;
}

function bytesOf(item) {
  if (item?.bytes === undefined) throw new ScriptError(item?.line, "a string is wanted");
  return item.bytes;
}

/** The text of a string, which has to be UTF-8. */
function textOf(item) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytesOf(item));
  } catch (failure) {
    if (failure instanceof ScriptError) throw failure;
    throw new ScriptError(item.line, "malformed UTF-8 encoding");
  }
}

const INTEGER_BITS = { u8: 8, s8: 8, u16: 16, s16: 16, u32: 32, s32: 32, u64: 64, s64: 64 };

/** An integer literal as decimal digits; either sign's range is taken, as the text format does. */
function integer(type, item) {
  const match = /^([+-]?)(0x[0-9a-fA-F_]+|[0-9_]+)$/.exec(item?.atom ?? "");
  if (!match) throw new ScriptError(item?.line, `not an integer: ${item?.atom}`);
  const magnitude = BigInt(match[2].replaceAll("_", ""));
  const given = match[1] === "-" ? -magnitude : magnitude;
  const bits = INTEGER_BITS[type];
  const value = type.startsWith("s") ? BigInt.asIntN(bits, given) : BigInt.asUintN(bits, given);
  if (value !== given && (given < 0 || given >= 1n << BigInt(bits))) {
    throw new ScriptError(item.line, `out of the range of ${type}: ${item.atom}`);
  }
  return value.toString();
}

/** Exponent and fraction bits of the two float types. */
const FLOATS = { f32: { bits: 32, fraction: 23 }, f64: { bits: 64, fraction: 52 } };

/** A float literal as the decimal digits of its bits, or nan:canonical, or nan:arithmetic. */
function float(type, item) {
  const literal = (item?.atom ?? "").replaceAll("_", "");
  if (literal === "nan:canonical" || literal === "nan:arithmetic") return literal;
  const match = /^([+-]?)(nan|nan:0x[0-9a-fA-F]+|inf|0x[0-9a-fA-F.pP+-]+|[0-9.eE+-]+)$/.exec(literal);
  if (!match) throw new ScriptError(item?.line, `not a float: ${item?.atom}`);
  const { bits, fraction } = FLOATS[type];
  const sign = match[1] === "-" ? 1n << BigInt(bits - 1) : 0n;
  if (match[2].startsWith("nan")) {
    const exponent = ((1n << BigInt(bits - 1 - fraction)) - 1n) << BigInt(fraction);
    const quiet = 1n << BigInt(fraction - 1);
    const payload = match[2] === "nan" ? quiet : BigInt(match[2].slice("nan:".length));
    return (sign | exponent | payload).toString();
  }
  const view = new DataView(new ArrayBuffer(8));
  const magnitude = match[2] === "inf" ? Infinity : floatMagnitude(match[2], item);
  if (type === "f32") view.setFloat32(4, magnitude);
  else view.setFloat64(0, magnitude);
  return (sign | view.getBigUint64(0)).toString();
}

/** A literal without sign. Hexadecimal ones are exact up to 53 bits, and refused beyond. */
function floatMagnitude(literal, item) {
  const match = /^0x([0-9a-f]*)\.?([0-9a-f]*)(?:p([+-]?[0-9]+))?$/i.exec(literal);
  if (!match) return Number(literal);
  const digits = BigInt(`0x0${match[1]}${match[2]}`);
  if (digits >= 1n << 53n) {
    throw new ScriptError(item.line, `more than 53 bits: ${literal}`);
  }
  return Number(digits) * 2 ** (Number(match[3] ?? 0) - 4 * match[2].length);
}

/** A value in brackets, such as (u32.const 7). */
function value(item) {
  if (!item?.items) throw new ScriptError(item?.line, "a value is wanted");
  return valueOf(item.items, item.line);
}

/** A value without its brackets: the word for its type, then what belongs to it. */
function valueOf([word, ...rest], line) {
  const [type, form] = (word?.atom ?? "").split(".");
  if (form === "const" && type in INTEGER_BITS) return { type, value: integer(type, rest[0]) };
  if (form === "const" && type in FLOATS) return { type, value: float(type, rest[0]) };
  const optional = (item) => (item === undefined ? null : value(item));
  switch (word?.atom) {
    case "bool.const":
      return { type, value: rest[0]?.atom === "true" };
    case "char.const":
    case "str.const":
      return { type, value: textOf(rest[0]) };
    case "list.const":
    case "tuple.const":
      return { type, items: rest.map(value) };
    case "record.const":
      return { type, fields: rest.map(recordField) };
    case "variant.const":
      return { type, case: textOf(rest[0]), value: optional(rest[1]) };
    case "enum.const":
      return { type, case: textOf(rest[0]) };
    case "flags.const":
      return { type, labels: rest.map(textOf) };
    case "option.none":
    case "option.some":
      return { type, value: optional(rest[0]) };
    case "result.ok":
    case "result.err":
      return { type, ok: form === "ok", value: optional(rest[0]) };
    default:
      throw new ScriptError(line, `unknown value ${word?.atom}`);
  }
}

/** A field such as (field "n" u32.const 7). */
function recordField({ items, line }) {
  if (items?.[0]?.atom !== "field") throw new ScriptError(line, "a field is wanted");
  return { name: textOf(items[1]), value: valueOf(items.slice(2), line) };
}

/** Converts the forms of one script. */
class Converter {
  /** @param parse turns the text of a component into its bytes */
  constructor(text, parse) {
    this.text = text;
    this.parse = parse;
  }

  /** The commands of all forms; of none, when their brackets do not match. */
  async commands() {
    const commands = [];
    for (const form of scanned(this.text)) {
      commands.push(form instanceof ScriptError ? form.command() : await this.readable(form));
    }
    return commands;
  }

  async readable(form) {
    try {
      return await this.command(form);
    } catch (failure) {
      if (failure instanceof ScriptError) return { ...failure.command(), line: form.line };
      throw failure;
    }
  }

  async command(form) {
    const { line } = form;
    const type = head(form);
    const [, second, third] = form.items ?? [];
    switch (type) {
      case "component":
        return this.component(form);
      case "invoke":
        return { type, line, ...invocation(form) };
      case "assert_return":
        return { type, line, ...invocation(second), expected: form.items.slice(2).map(value) };
      case "assert_trap": {
        const what =
          head(second) === "invoke" ? invocation(second) : await this.definition(second);
        return { type, line, ...what, message: textOf(third) };
      }
      case "assert_invalid":
      case "assert_malformed":
      case "assert_unlinkable":
        return { type, line, ...(await this.definition(second)), message: textOf(third) };
      default:
        return { type: "unknown", line, form: described(form) };
    }
  }

  async component(form) {
    const { line, items } = form;
    const [, kind, second, third] = items;
    if (kind?.atom === "instance") {
      const definition = isName(third) ? third.atom : null;
      return { type: "instance", line, name: isName(second) ? second.atom : null, definition };
    }
    const type = kind?.atom === "definition" ? "definition" : "component";
    const name = type === "definition" ? second : kind;
    const known = isName(name) ? name.atom : null;
    return { type, line, name: known, ...(await this.definition(form)) };
  }

  /** The binary of a component form, whichever of the three ways it is written. */
  async definition(form) {
    if (head(form) !== "component") {
      throw new ScriptError(form?.line, `${described(form)} where a component is wanted`);
    }
    const rest = form.items.slice(1);
    const defined = rest[0]?.atom === "definition";
    if (defined) rest.shift();
    if (isName(rest[0])) rest.shift();
    const way = rest[0]?.atom;
    if (way === "binary") return binaryOf(Buffer.concat(rest.slice(1).map(bytesOf)), null);
    const text = this.text.slice(form.start, form.end);
    try {
      if (way === "quote") {
        const quoted = rest.slice(1).map(textOf).join(" ");
        return binaryOf(Buffer.from(await this.parse(`(component ${quoted})`)), quoted);
      }
      const plain = defined ? text.replace("definition", "") : text;
      return binaryOf(Buffer.from(await this.parse(plain)), plain);
    } catch (failure) {
      // A trap of the parser is a bug of the tool, and it would refuse everything from here on.
      if (failure instanceof WebAssembly.RuntimeError) throw failure;
      return { binary: null, parseError: String(failure.payload ?? failure.message), text: null };
    }
  }
}

/** The forms of a script, or the one error that stands for all of them. */
function scanned(text) {
  if (text.includes("\0")) {
    return [new ScriptError(1, `binary data that begins with ${shown(text)}`)];
  }
  try {
    return new Scanner(text).forms();
  } catch (failure) {
    if (failure instanceof ScriptError) return [failure];
    throw failure;
  }
}

function binaryOf(bytes, text) {
  return { binary: bytes.toString("base64"), parseError: null, text };
}

function invocation(form) {
  if (head(form) !== "invoke") {
    throw new ScriptError(form?.line, `${described(form)} where a call is wanted`);
  }
  const rest = form.items.slice(1);
  const instance = isName(rest[0]) ? rest.shift().atom : null;
  return { instance, field: textOf(rest[0]), args: rest.slice(1).map(value) };
}

/**
 * Converts a script.
 *
 * @param file its name in the result
 * @param text its text
 */
export async function convert(file, text) {
  const { parse } = await import("@bytecodealliance/jco-transpile/wasm-tools");
  return { file, commands: await new Converter(text, parse).commands() };
}

async function main(files) {
  for (const file of files) {
    const script = await convert(file, fs.readFileSync(file, "utf8"));
    process.stdout.write(`${JSON.stringify(script)}\n`);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  try {
    await main(process.argv.slice(2));
  } catch (failure) {
    process.stderr.write(`wast: ${failure.message}\n`);
    process.exitCode = 1;
  }
}
