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

function store(database, pairs) {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(KEYS, 'readwrite', { durability: 'strict' });
    transaction.objectStore(KEYS).add(pairs, 'installation');
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}

async function openOrMake(database) {
  let pairs = await stored(database);
  if (pairs === undefined) {
    pairs = {};
    for (const name of NAMES) {
      pairs[name] = await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']);
    }
    await store(database, pairs);
  }
  const keys = {};
  for (const name of NAMES) {
    const raw = await crypto.subtle.exportKey('raw', pairs[name].publicKey);
    keys[name] = { secret: pairs[name].privateKey, open: new Int8Array(raw) };
  }
  return keys;
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
