// SPDX-License-Identifier: AGPL-3.0-only
// The same components by way of the modules that `jco transpile` made of them, with the same
// arguments and the same checks; and what a page loads for one component more.

let calls;
let tally;
let before = 0;

export async function load() {
  ({ calls } = await import('./jco/calls.js'));
  const { tallies } = await import('./jco/tallies.js');
  tally = new tallies.Tally(0);
}

function counting(size) {
  return Uint8Array.from({ length: size }, (_, i) => i);
}

const event = counting(100);
const list = counting(256);
const sample = { a: 7, b: 1n << 40n, name: 'a name of some length' };

function requireThat(right, result) {
  if (!right) {
    throw new Error(`a wrong result: ${result}`);
  }
}

const WORK = {
  apply(times) {
    for (let i = 0; i < times; i++) {
      const result = calls.apply(event);
      requireThat(result === 4950n, result);
    }
  },
  add(times) {
    for (let i = 0; i < times; i++) {
      const result = calls.add(19, 23);
      requireThat(result === 42, result);
    }
  },
  take(times) {
    for (let i = 0; i < times; i++) {
      const result = calls.take(list);
      requireThat(result === 32640, result);
    }
  },
  swap(times) {
    for (let i = 0; i < times; i++) {
      const { a, b, name } = calls.swap(sample);
      requireThat(a === 8 && b === 1n << 41n && name === sample.name, name);
    }
  },
  method(times) {
    for (let i = 0; i < times; i++) {
      const result = tally.add(1);
      requireThat(result === ++before, result);
    }
  },
};

export function run(name, times) {
  WORK[name](times);
}

// Milliseconds, with more digits than Date.now().
export function now() {
  return performance.now();
}

// All that this worker has loaded, by name, each once.
function loaded() {
  return new Map(performance.getEntriesByType('resource').map((entry) => [
    new URL(entry.name).pathname, { plain: entry.decodedBodySize, packed: entry.encodedBodySize },
  ]));
}

async function more(what) {
  const before = loaded();
  await what();
  return [...loaded()].filter(([path]) => !before.has(path));
}

function sum(files, isCounted, size) {
  return files.filter(([path]) => isCounted(path)).reduce((all, [, file]) => all + file[size], 0);
}

// Lines of samples: what one component more makes a page load that has loaded one already.
export async function glue() {
  await import('./components.js');
  await (await fetch('calls.wasm')).arrayBuffer();
  await import('./jco/calls.js');
  const ours = await more(async () => (await fetch('tallies.wasm')).arrayBuffer());
  const theirs = await more(() => import('./jco/tallies.js'));
  const lines = [];
  for (const [who, files] of [['ours', ours], ['jco', theirs]]) {
    for (const [kind, isCounted] of [
      ['js', (path) => path.endsWith('.js')],
      ['other', (path) => !path.endsWith('.js')],
    ]) {
      lines.push(`${who}.${kind}.plain ${sum(files, isCounted, 'plain')}`);
      lines.push(`${who}.${kind}.packed ${sum(files, isCounted, 'packed')}`);
    }
    lines.push(`${who}.files ${files.length}`);
  }
  return lines.join('\n');
}
