// SPDX-License-Identifier: AGPL-3.0-only
// IndexedDB behind the kernel's store effects. Keys are binary and sort by unsigned bytes; every
// batch is one transaction with strict durability, done at its `complete` event and not before.
//
// A record lies in one of two places: alone under its key, or in a pack with others, under the
// first and the last of their keys. A request of IndexedDB costs much more than what it brings, and a late
// join would need four for each event.

import { Change } from './changes.js';
import { Directory, compare, records, sealed, unpacked, unsealed } from './packs.js';

const DATABASE = 'myrhiza';
const FORMAT = 2;
const ENTRIES = 'entries';
const PACKS = 'packs';
const KEYS = 'keys';
const PAGE_ENTRIES = 512;
const PAGE_PACKS = 4;

// What stands for a value that is not as it was written: no record has an empty one.
const DAMAGED = new Uint8Array(0);

// Answers the format of a newer store, by opening it as it is.
function newer(failed, denied) {
  const request = indexedDB.open(DATABASE);
  request.onsuccess = () => {
    const format = request.result.version;
    request.result.close();
    failed(format, FORMAT);
  };
  request.onerror = () => denied(String(request.error));
}

// Format 1 had neither packs nor checksums.
function upgrade(request, from) {
  const database = request.result;
  database.createObjectStore(PACKS);
  if (from === 0) {
    database.createObjectStore(ENTRIES);
    database.createObjectStore(KEYS);
    return;
  }
  request.transaction.objectStore(ENTRIES).openCursor().onsuccess = (event) => {
    const found = event.target.result;
    if (found !== null) {
      found.update(sealed(new Uint8Array(found.key), new Uint8Array(found.value)));
      found.continue();
    }
  };
}

// `denied` gets a reason, `failed` the format of the store and the greatest one known here.
export function open(got, failed, denied) {
  let request;
  try {
    request = indexedDB.open(DATABASE, FORMAT);
  } catch (error) {
    denied(String(error));
    return;
  }
  request.onupgradeneeded = (event) => upgrade(request, event.oldVersion);
  request.onsuccess = () => {
    request.result.onversionchange = () => request.result.close();
    opened(request.result, got, denied);
  };
  request.onerror = () => {
    if (request.error?.name === 'VersionError') {
      newer(failed, denied);
    } else {
      denied(String(request.error));
    }
  };
  request.onblocked = () => denied('another tab holds an older format of the store');
}

function opened(database, got, denied) {
  try {
    const request = database.transaction(PACKS, 'readonly').objectStore(PACKS).getAllKeys();
    request.onsuccess = () => got({ database, directory: Directory.of(request.result) });
    request.onerror = () => denied(String(request.error));
  } catch (error) {
    denied(String(error));
  }
}

export function databaseOf(store) {
  return store.database;
}

// The bytes of an array as a buffer of exactly these; a copy only where it is part of a larger one.
function buffer(array) {
  return array.byteLength === array.buffer.byteLength ? array.buffer : array.slice().buffer;
}

function unsigned(array) {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

// Reads in a transaction. Its first request is answered when all writes before it are done, and the
// directory is as they left it; so `then` may ask the directory, and nothing before it may.
function reading(store, got, failed, then) {
  try {
    const transaction = store.database.transaction([ENTRIES, PACKS], 'readonly');
    const answer = { found: [], end: undefined, limit: Infinity };
    transaction.oncomplete = () => got(pageOf(answer));
    transaction.onabort = () => failed(String(transaction.error));
    const entries = transaction.objectStore(ENTRIES);
    const packs = transaction.objectStore(PACKS);
    entries.getKey(new ArrayBuffer(0)).onsuccess = () => then(answer, entries, packs);
  } catch (error) {
    failed(String(error));
  }
}

// What was found, ascending, up to where it is known that nothing is left out.
function pageOf({ found, end, limit }) {
  const all = found.sort((one, other) => compare(one.key, other.key));
  const known = end === undefined ? all : all.filter(({ key }) => compare(key, end) <= 0);
  return { records: known.slice(0, limit), complete: end === undefined && known.length <= limit };
}

function alone(key, stored) {
  return { key, value: unsealed(key, stored) ?? DAMAGED };
}

// Of a pack that is damaged its name tells two keys.
function inPack(pack, stored) {
  return unpacked(stored) ?? [pack.first, pack.last].map((key) => ({ key, value: DAMAGED }));
}

export function range(from, to) {
  const keys = IDBKeyRange.bound(buffer(from), buffer(to), false, true);
  return { first: unsigned(from), behind: unsigned(to), keys };
}

export function load(store, { first, behind, keys: range }, limit, got, failed) {
  const count = Math.min(limit, PAGE_ENTRIES);
  reading(store, got, failed, (answer, entries, packs) => {
    const near = store.directory.within(first, behind, PAGE_PACKS + 1);
    const ends = near.length > PAGE_PACKS ? [near[PAGE_PACKS - 1].last] : [];
    for (const pack of near.slice(0, PAGE_PACKS)) {
      packs.get(pack.id).onsuccess = ({ target }) => {
        const all = inPack(pack, target.result);
        answer.found.push(
          ...all.filter(({ key }) => compare(key, first) >= 0 && compare(key, behind) < 0),
        );
      };
    }
    let keys;
    entries.getAllKeys(range, count).onsuccess = ({ target }) => {
      keys = target.result.map((key) => new Uint8Array(key));
    };
    entries.getAll(range, count).onsuccess = ({ target }) => {
      answer.found.push(...target.result.map((stored, i) => alone(keys[i], stored)));
      if (keys.length === count) {
        ends.push(keys[count - 1]);
      }
      answer.end = ends.sort(compare)[0];
      answer.limit = limit;
    };
  });
}

export function newKeys() {
  return [];
}

export function addKey(keys, key) {
  keys.push(unsigned(key));
}

// Single entries, wanted in ascending order; those that are not there are left out.
export function read(store, wanted, got, failed) {
  reading(store, got, failed, ({ found }, entries, packs) => {
    const readAlone = (key) => {
      entries.get(buffer(key)).onsuccess = ({ target }) => {
        if (target.result !== undefined) {
          found.push(alone(key, target.result));
        }
      };
    };
    const readPacked = (pack, keys) => {
      packs.get(pack.id).onsuccess = ({ target }) => {
        const all = unpacked(target.result);
        let at = 0;
        for (const key of keys) {
          while (all !== null && at < all.length && compare(all[at].key, key) < 0) {
            at++;
          }
          if (all === null) {
            found.push({ key, value: DAMAGED });
          } else if (at < all.length && compare(all[at].key, key) === 0) {
            found.push(all[at]);
          } else {
            readAlone(key);
          }
        }
      };
    };
    const byPack = new Map();
    for (const key of wanted) {
      const pack = store.directory.around(key);
      byPack.set(pack, [...(byPack.get(pack) ?? []), key]);
    }
    byPack.forEach((keys, pack) => {
      if (pack === undefined) {
        keys.forEach(readAlone);
      } else {
        readPacked(pack, keys);
      }
    });
  });
}

export function pageSize(page) {
  return page.records.length;
}

export function pageKey(page, index) {
  return signed(page.records[index].key);
}

export function pageValue(page, index) {
  return signed(page.records[index].value);
}

export function pageComplete(page) {
  return page.complete;
}

// A copy as Java takes arrays, so that a record does not keep a whole pack in memory.
function signed(bytes) {
  return new Int8Array(bytes.slice().buffer);
}

// Makes changes, one after the other as `records` takes them apart, all or none; keys ascend but
// where a range is removed.
export function persist(store, changes, done, failed) {
  try {
    const transaction = store.database.transaction([ENTRIES, PACKS], 'readwrite', {
      durability: 'strict',
    });
    const change = new Change(transaction, store.directory.copy());
    transaction.oncomplete = () => {
      store.directory = change.directory;
      done();
    };
    transaction.onabort = () => failed(change.damage ?? String(transaction.error));
    change.make(records(unsigned(changes)));
  } catch (error) {
    failed(String(error));
  }
}
