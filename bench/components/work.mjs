// SPDX-License-Identifier: AGPL-3.0-only

// Writes the source of a component of many functions that do what programs do: tables and records
// in memory, text, numbers of both sizes, switches, calls of one another. No two are alike. The same
// number gives the same text.

/** Numbers from a seed (mulberry32). */
function randoms(seed) {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/** Bytes of the memory that all functions share; a power of two. */
const ROOM = 16384;

const OPERATORS = ["+", "-", "*", "^", "|", "&"];

/** One statement over x and y (u32), z (u64) and i. */
function statement(pick, callee) {
  const n = () => pick(1 << (4 + pick(24)));
  const at = () => `ROOM + ((x + ${n()}) & ${ROOM - 8})`;
  const op = () => OPERATORS[pick(OPERATORS.length)];
  switch (pick(9)) {
    case 0:
      return `x = (x ${op()} y) + ${n()};`;
    case 1:
      return `store<u32>(${at()}, y ${op()} ${n()});`;
    case 2:
      return `y ${op()}= load<u32>(${at()});`;
    case 3:
      return `z = (z ${op()} <u64>x) * ${n() | 1} + load<u64>(${at()});`;
    case 4:
      return `if (x ${["<", ">", "=="][pick(3)]} ${n()}) { y += ${n()}; } else { x ^= y >> ${pick(31)}; }`;
    case 5:
      return `for (let i: u32 = 0; i < (x & ${pick(15)}); i++) { y = y * 31 + load<u8>(${at()} + (i & 7)); }`;
    case 6:
      return `switch (y & 3) { case 0: x += ${n()}; break; case 1: x -= y; break; ` +
        `case 2: z ^= ${n()}; break; default: y = ~y; }`;
    case 7:
      return `y = rotl<u32>(y, ${1 + pick(30)}) + <u32>(z >> ${pick(32)});`;
    default:
      return callee < 0 ? `x /= ${1 + n()};` : `if ((z & 7) == ${pick(8)}) x += f${callee}(y, x);`;
  }
}

/** The source with so many functions; `run` may reach every one. */
export function workSource(functions) {
  const pick = randoms(functions);
  const lines = [`const ROOM: usize = memory.data(${ROOM}, 16);`];
  for (let f = 0; f < functions; f++) {
    const body = [];
    for (let count = 6 + pick(12); count > 0; count--) {
      body.push(`  ${statement(pick, f - 1 - pick(Math.min(f, 40) + 1))}`);
    }
    lines.push(`function f${f}(a: u32, b: u32): u32 {`, "  let x = a, y = b;", "  let z: u64 = a;",
      ...body, "  return x ^ y ^ <u32>z;", "}");
  }
  lines.push(`const TABLE: StaticArray<(a: u32, b: u32) => u32> = [`);
  for (let f = 0; f < functions; f++) lines.push(`  f${f},`);
  lines.push("];", "export function run(seed: u32): u32 {",
    `  return TABLE[seed % ${functions}](seed, 7);`, "}", "");
  return lines.join("\n");
}
