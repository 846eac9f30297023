// SPDX-License-Identifier: AGPL-3.0-only
// Packs the page: compiled Java, hand-written modules, libsodium and the static files, under one
// folder that is named after the hash of everything in it. Usage: node pack.mjs COMPILED SCRIPTS OUT

import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { faster } from './faster.mjs';

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
