// SPDX-License-Identifier: AGPL-3.0-only
// Rewrites compiled Java so that browsers run it faster: for the page, and for what is measured as
// the page would run it. Usage of its own: node faster.mjs FROM TO, both folders.

import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Compiled Java checks each index of an array in one function, which reads the array's length and so
// sees arrays of all kinds: an engine cannot foresee that load, and it took a seventh of a late join.
// Read at each call instead, it is of one kind. A compiler that writes something else is refused.
const CHECKS = [
  /([\w$]+)=\(index,array\)=>\{if\(index<0\|\|index>=array\.length\)/,
  /([\w$]+)=\(index,array\)=>\{if\(index>=array\.length\)/,
];

// It copies any part of a typed array through a view, and asks for the array's buffer before, which
// an engine makes only then where an array is small. Up to here a loop is faster.
const FEW = 64;
const COPY = /if\(([\w$]+)!==0\)\{if\(typeof ([\w$]+)\.data\.buffer!=='undefined'\)/;

// Returns compiled Java that does the same in less time.
export function faster(compiledJava) {
  if (!COPY.test(compiledJava)) {
    throw new Error(`compiled Java has no copy of an array like ${COPY}`);
  }
  return lengthsAtCalls(
    compiledJava.replace(COPY, `if($1!==0){if($1>${FEW}&&ArrayBuffer.isView($2.data))`));
}

function lengthsAtCalls(compiledJava) {
  return CHECKS.reduce((source, shape) => {
    const name = source.match(shape)?.[1];
    if (name === undefined) {
      throw new Error(`compiled Java has no check of an index like ${shape}`);
    }
    const told = source.replace(shape, (all) =>
      all.replace('index,array', 'index,length').replace('array.length', 'length'));
    return withLengths(told, new RegExp(`(?<![\\w$.])${name.replaceAll('$', '\\$')}\\(`, 'g'));
  }, compiledJava);
}

// The last argument of each call is a variable; its length takes its place.
function withLengths(source, call) {
  const ends = [];
  for (let found = call.exec(source); found !== null; found = call.exec(source)) {
    const [comma, end] = lastArgument(source, call.lastIndex);
    if (!/^\s*[\w$]+$/.test(source.slice(comma + 1, end))) {
      throw new Error(`not a variable: ${source.slice(found.index, end + 1)}`);
    }
    ends.push(end);
  }
  ends.sort((a, b) => a - b);
  let from = 0;
  const parts = ends.map((end) => {
    const part = source.slice(from, end);
    from = end;
    return part;
  });
  return [...parts, source.slice(from)].join('.length');
}

// Where a call's last comma and its end are.
function lastArgument(source, from) {
  let comma = -1;
  let depth = 0;
  for (let i = from; i < source.length; i++) {
    if (source[i] === '(' || source[i] === '[') {
      depth++;
    } else if (source[i] === ',' && depth === 0) {
      comma = i;
    } else if (source[i] === ')' || source[i] === ']') {
      depth--;
      if (depth < 0) {
        return [comma, i];
      }
    }
  }
  throw new Error('a call without an end');
}

function main(from, to) {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from).filter((each) => each.endsWith('.js'))) {
    writeFileSync(join(to, name), faster(readFileSync(join(from, name), 'utf8')));
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main(...process.argv.slice(2));
}
