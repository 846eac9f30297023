// SPDX-License-Identifier: AGPL-3.0-only
// Packs the page: compiled Java, hand-written modules, libsodium and the static files, under one
// folder that is named after the hash of everything in it. Usage: node pack.mjs COMPILED SCRIPTS OUT

import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const [compiled, scripts, out] = process.argv.slice(2);
const VERSION_DIGITS = 16;

function installed() {
  const lock = join(here, 'package-lock.json');
  const stamp = join(here, 'node_modules', '.package-lock.json');
  return existsSync(stamp) && statSync(stamp).mtimeMs >= statSync(lock).mtimeMs;
}

function install() {
  if (installed()) {
    return;
  }
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const done = spawnSync(npm, ['ci', '--ignore-scripts', '--loglevel=error'], {
    cwd: here,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (done.status !== 0) {
    throw new Error(`npm ci in ${here} ended with ${done.status}`);
  }
}

function text(...parts) {
  return readFileSync(join(...parts), 'utf8');
}

function folder(path, ending) {
  return readdirSync(path)
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => [name, text(path, name)]);
}

// Both libsodium modules as they are, but for the one import that names a package.
function sodium() {
  const modules = join(here, 'node_modules');
  const wrappers = text(modules, 'libsodium-wrappers', 'dist', 'modules-esm', 'libsodium-wrappers.mjs');
  const linked = wrappers.replace('from"libsodium"', 'from"./libsodium.js"');
  if (linked === wrappers) {
    throw new Error('libsodium-wrappers no longer imports "libsodium" in the known form');
  }
  return [
    ['libsodium-wrappers.js', linked],
    ['libsodium.js', text(modules, 'libsodium', 'dist', 'modules-esm', 'libsodium.mjs')],
    ['libsodium-licence.txt', text(modules, 'libsodium-wrappers', 'LICENSE')],
  ];
}

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

function faster(compiledJava) {
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

function strip(source) {
  return source.replace(/^\/\/# sourceMappingURL=.*$/gm, '');
}

function write(name, content) {
  const path = join(out, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

install();
const page = join(here, 'src', 'main', 'page');
const files = new Map([
  ...folder(compiled, '.js').map(([name, source]) => [name, faster(strip(source))]),
  ...folder(scripts, '.js'),
  ...sodium(),
  ...['guard.js', 'start.js', 'page.css', 'icon.svg'].map((name) => [name, text(page, name)]),
]);
const names = [...files.keys()].sort();
const digest = createHash('sha256');
for (const name of [...names]) {
  digest.update(`${name}\0${files.get(name)}\0`);
}
for (const name of ['index.html', 'sw.js']) {
  digest.update(`${name}\0${text(page, name)}\0`);
}
const version = digest.digest('hex').slice(0, VERSION_DIGITS);
const base = `v-${version}`;

rmSync(out, { recursive: true, force: true });
for (const name of names) {
  write(join(base, name), files.get(name));
}
const html = text(page, 'index.html').replace(/(href|src)="(icon\.svg|page\.css|guard\.js|start\.js)"/g, `$1="${base}/$2"`);
write('index.html', html);
const list = ['./', ...names.filter((name) => !name.endsWith('.txt')).map((name) => `${base}/${name}`)];
write('sw.js', text(page, 'sw.js').replace('@VERSION@', version).replace('@FILES@', JSON.stringify(list)));
console.error(`page ${version}: ${names.length + 2} files`);
