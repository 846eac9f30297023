// SPDX-License-Identifier: AGPL-3.0-only
// The installation's three Ed25519 keys: WebCrypto makes them, nothing can extract them, IndexedDB
// keeps the handles.

const KEYS = 'keys';
const NAMES = ['long-term', 'instance', 'transport'];

function stored(database) {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(KEYS, 'readonly');
    const request = transaction.objectStore(KEYS).get('installation');
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error);
  });
}

// `method`: add, which fails if there are keys already, or put.
function store(database, pairs, method) {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(KEYS, 'readwrite', { durability: 'strict' });
    transaction.objectStore(KEYS)[method](pairs, 'installation');
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}

async function openOrMake(database) {
  let pairs = await stored(database);
  if (pairs === undefined) {
    pairs = {};
    for (const name of NAMES) {
      pairs[name] = await made();
    }
    await store(database, pairs, 'add');
  }
  const keys = {};
  for (const name of NAMES) {
    keys[name] = await usable(pairs[name]);
  }
  return keys;
}

function made() {
  return crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']);
}

async function usable(pair) {
  const raw = await crypto.subtle.exportKey('raw', pair.publicKey);
  return { secret: pair.privateKey, open: new Int8Array(raw) };
}

// Puts a new key in the place of one of them, on disk and then here.
async function replace(database, keys, name) {
  const pairs = await stored(database);
  pairs[name] = await made();
  await store(database, pairs, 'put');
  keys[name] = await usable(pairs[name]);
}

export function renew(database, keys, name, done, failed) {
  replace(database, keys, name).then(() => done(), (error) => failed(String(error)));
}

// `lacking`: this browser does not know the kind of key.
export function open(database, got, lacking, denied) {
  openOrMake(database).then(got, (error) =>
    error?.name === 'NotSupportedError' ? lacking() : denied(String(error)));
}

export function publicKey(keys, name) {
  return keys[name].open.slice();
}

export function sign(keys, name, message, got, failed) {
  crypto.subtle
    .sign('Ed25519', keys[name].secret, message)
    .then((signature) => got(new Int8Array(signature)), (error) => failed(String(error)));
}
