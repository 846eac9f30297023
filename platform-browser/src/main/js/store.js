// SPDX-License-Identifier: AGPL-3.0-only
// IndexedDB behind the kernel's store effects. Keys are binary and sort by unsigned bytes; every
// batch is one transaction with strict durability, done at its `complete` event and not before.

const DATABASE = 'myrhiza';
const FORMAT = 1;
const ENTRIES = 'entries';
const KEYS = 'keys';
const PAGE_ENTRIES = 512;

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

// `denied` gets a reason, `failed` the format of the store and the greatest one known here.
export function open(got, failed, denied) {
  let request;
  try {
    request = indexedDB.open(DATABASE, FORMAT);
  } catch (error) {
    denied(String(error));
    return;
  }
  request.onupgradeneeded = () => {
    request.result.createObjectStore(ENTRIES);
    request.result.createObjectStore(KEYS);
  };
  request.onsuccess = () => {
    request.result.onversionchange = () => request.result.close();
    got(request.result);
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

// The bytes of an array as a buffer of exactly these; a copy only where it is part of a larger one.
function buffer(array) {
  return array.byteLength === array.buffer.byteLength ? array.buffer : array.slice().buffer;
}

export function range(from, to) {
  return IDBKeyRange.bound(buffer(from), buffer(to), false, true);
}

export function load(database, range, limit, got, failed) {
  const count = Math.min(limit, PAGE_ENTRIES);
  let keys;
  let values;
  try {
    const transaction = database.transaction(ENTRIES, 'readonly');
    const entries = transaction.objectStore(ENTRIES);
    entries.getAllKeys(range, count).onsuccess = (event) => {
      keys = event.target.result;
    };
    entries.getAll(range, count).onsuccess = (event) => {
      values = event.target.result;
    };
    transaction.oncomplete = () => got({ keys, values, complete: keys.length < count });
    transaction.onabort = () => failed(String(transaction.error));
  } catch (error) {
    failed(String(error));
  }
}

export function newKeys() {
  return [];
}

export function addKey(keys, key) {
  keys.push(buffer(key));
}

// Single entries; those that are not there are left out.
export function read(database, wanted, got, failed) {
  const keys = [];
  const values = [];
  try {
    const transaction = database.transaction(ENTRIES, 'readonly');
    const entries = transaction.objectStore(ENTRIES);
    for (const key of wanted) {
      entries.get(key).onsuccess = (event) => {
        if (event.target.result !== undefined) {
          keys.push(key);
          values.push(event.target.result);
        }
      };
    }
    transaction.oncomplete = () => got({ keys, values, complete: true });
    transaction.onabort = () => failed(String(transaction.error));
  } catch (error) {
    failed(String(error));
  }
}

export function pageSize(page) {
  return page.keys.length;
}

export function pageKey(page, index) {
  return new Int8Array(page.keys[index]);
}

export function pageValue(page, index) {
  return new Int8Array(page.values[index]);
}

export function pageComplete(page) {
  return page.complete;
}

export function newBatch() {
  return [];
}

export function put(batch, key, value) {
  batch.push((entries) => entries.put(buffer(value), buffer(key)));
}

export function remove(batch, key) {
  batch.push((entries) => entries.delete(buffer(key)));
}

export function removeRange(batch, from, to) {
  batch.push((entries) => {
    entries.delete(IDBKeyRange.bound(buffer(from), buffer(to), false, true));
  });
}

export function persist(database, batch, done, failed) {
  try {
    const transaction = database.transaction(ENTRIES, 'readwrite', { durability: 'strict' });
    const entries = transaction.objectStore(ENTRIES);
    for (const write of batch) {
      write(entries);
    }
    transaction.oncomplete = () => done();
    transaction.onabort = () => failed(String(transaction.error));
  } catch (error) {
    failed(String(error));
  }
}
