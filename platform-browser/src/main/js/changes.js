// SPDX-License-Identifier: AGPL-3.0-only
// Writes to IndexedDB: which records go into packs, and how packs change. A key is never in two
// places: what comes into a pack was looked for among the single records, and what is within a pack
// is looked for there.

import { Directory, compare, cut, follows, isPack, packed, sealed, unpacked } from './packs.js';

// So many records of a pack are replaced where they are; fewer are taken out of it, since what was
// replaced alone will be replaced again.
const REPLACED_LEAST = 8;

// Single records that are looked at before a run is packed; behind them it is tried again so often.
const LOOKED_AT = 64;
const TRIES = 4;

// The changes of one batch in its transaction. `directory` is a copy of its own.
export class Change {
  constructor(transaction, directory) {
    this.transaction = transaction;
    this.directory = directory;
    this.entries = transaction.objectStore('entries');
    this.packs = transaction.objectStore('packs');
    this.parts = [];
    this.open = 0;
    this.damage = undefined;
  }

  // Between two removals of ranges keys ascend, and a part begins when the one before it is made.
  make(changes) {
    let from = 0;
    changes.forEach((change, i) => {
      if (change.isRange) {
        const before = changes.slice(from, i);
        this.parts.push(() => this.points(before));
        this.parts.push(() => this.removeRange(change.key, change.value));
        from = i + 1;
      }
    });
    this.parts.push(() => this.points(from === 0 ? changes : changes.slice(from)));
    this.next();
  }

  next() {
    while (this.open === 0 && this.parts.length > 0) {
      this.parts.shift()();
    }
  }

  // Goes on with the answer of a request.
  ask(request, then) {
    this.open++;
    request.onsuccess = () => {
      then(request.result);
      this.open--;
      this.next();
    };
  }

  points(changes) {
    let run = [];
    let gap = 0;
    for (let i = 0; i < changes.length; ) {
      const index = this.directory.at(changes[i].key);
      const pack = this.directory.packs[index];
      if (pack !== undefined && compare(pack.first, changes[i].key) <= 0) {
        const within = [];
        for (; i < changes.length && compare(changes[i].key, pack.last) <= 0; i++) {
          within.push(changes[i]);
        }
        this.rewrite(pack, within);
        continue;
      }
      const change = changes[i++];
      if (change.isRemoval) {
        this.alone(change);
        continue;
      }
      if (run.length > 0 && (gap !== index || !follows(change.key, run[run.length - 1].key))) {
        this.pack(run, TRIES);
        run = [];
      }
      gap = index;
      run.push(change);
    }
    this.pack(run, TRIES);
  }

  // Writes records outside of all packs, with no pack between them.
  pack(run, tries) {
    if (!isPack(run) || tries === 0) {
      run.forEach((record) => this.putAlone(record));
      return;
    }
    const range = IDBKeyRange.bound(exactly(run[0].key), exactly(run[run.length - 1].key));
    this.ask(this.entries.getAllKeys(range, LOOKED_AT), (found) => {
      const keys = found.map((key) => new Uint8Array(key));
      const all = keys.length < LOOKED_AT;
      const known = run.filter(({ key }) => all || compare(key, keys[keys.length - 1]) <= 0);
      const [old, fresh] = parted(known, keys);
      old.forEach((record) => this.putAlone(record));
      cut(fresh).forEach((some) => this.putPack(some));
      this.pack(run.slice(known.length), tries - 1);
    });
  }

  putAlone({ key, value }) {
    this.entries.put(sealed(key, value), exactly(key));
  }

  putPack(some) {
    if (!isPack(some)) {
      some.forEach((record) => this.putAlone(record));
      return;
    }
    const pack = Directory.entry(exactly(some[0].key), exactly(some[some.length - 1].key));
    this.packs.put(packed(some), pack.id);
    this.directory.add(pack);
  }

  // Makes changes of keys that lie within a pack, whether or not they are in it.
  rewrite(pack, changes) {
    this.take(pack, (all) => {
      const [inside, outside] = parted(changes, keysOf(all));
      outside.forEach((change) => this.alone(change));
      if (inside.length > 0) {
        const [, rest] = parted(all, keysOf(inside));
        const puts = inside.filter((change) => !change.isRemoval);
        const stay = puts.length >= REPLACED_LEAST;
        this.replace(pack, stay ? rest.concat(puts) : rest);
        if (!stay) {
          puts.forEach((change) => this.putAlone(change));
        }
      }
    });
  }

  // Reads a pack; where that is damaged nothing of the batch is written.
  take(pack, then) {
    this.ask(this.packs.get(pack.id), (stored) => {
      const all = unpacked(stored);
      if (all === null) {
        this.damage = 'the stored data are damaged';
        this.transaction.abort();
      } else {
        then(all);
      }
    });
  }

  replace(pack, kept) {
    this.packs.delete(pack.id);
    this.directory.remove(pack);
    this.putPack(kept.sort((one, other) => compare(one.key, other.key)));
  }

  alone(change) {
    if (change.isRemoval) {
      this.entries.delete(exactly(change.key));
    } else {
      this.putAlone(change);
    }
  }

  removeRange(from, to) {
    this.entries.delete(IDBKeyRange.bound(exactly(from), exactly(to), false, true));
    for (const pack of this.directory.within(from, to)) {
      const isWhole = compare(pack.first, from) >= 0 && compare(pack.last, to) < 0;
      if (isWhole) {
        this.replace(pack, []);
      } else {
        const stays = ({ key }) => compare(key, from) < 0 || compare(key, to) >= 0;
        this.take(pack, (all) => this.replace(pack, all.filter(stays)));
      }
    }
  }
}

// A key as a buffer of its own.
function exactly(key) {
  return key.slice().buffer;
}

function keysOf(some) {
  return some.map(({ key }) => key);
}

// Ascending changes or records, parted in those whose keys are among others, ascending too, and the
// rest.
function parted(some, keys) {
  const [inside, outside] = [[], []];
  let at = 0;
  for (const one of some) {
    while (at < keys.length && compare(keys[at], one.key) < 0) {
      at++;
    }
    const found = at < keys.length && compare(keys[at], one.key) === 0;
    (found ? inside : outside).push(one);
  }
  return [inside, outside];
}
