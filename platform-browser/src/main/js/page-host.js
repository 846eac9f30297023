// SPDX-License-Identifier: AGPL-3.0-only
// What the page needs of the browser beyond elements: the worker, the lock that makes one tab the
// author, the channel by which a second tab watches the first, storage persistence, offline files.

const LOCK = 'myrhiza author';
const CHANNEL = 'myrhiza';

const NEEDED = [
  ['WebAssembly', () => typeof WebAssembly === 'object'],
  ['Web Locks', () => 'locks' in navigator],
  ['BroadcastChannel', () => typeof BroadcastChannel === 'function'],
  ['IndexedDB', () => 'indexedDB' in globalThis],
  ['WebCrypto', () => crypto.subtle !== undefined],
  ['BigInt64Array', () => typeof BigInt64Array === 'function'],
];

export function isSecure() {
  return globalThis.isSecureContext;
}

// Answers the names of what this browser lacks, or ''.
export function missing() {
  return NEEDED.filter(([, there]) => !there()).map(([name]) => name).join(', ');
}

// `author` is called when this tab may write, `viewer` when another tab already does; `freed` when
// that one has gone; `denied` when the browser keeps nothing for this site, not even a lock.
export function lock(author, viewer, freed, denied) {
  const held = () => new Promise(() => {});
  navigator.locks.request(LOCK, { ifAvailable: true }, (granted) => {
    if (granted !== null) {
      author();
      return held();
    }
    viewer();
    navigator.locks.request(LOCK, () => {
      freed();
      return held();
    });
    return undefined;
  }).catch((error) => (error?.name === 'SecurityError' ? denied(String(error)) : reportError(error)));
}

export function startWorker(url, received, failed) {
  const worker = new Worker(url, { type: 'module' });
  worker.onmessage = (event) => {
    const { type, token, text, bytes } = event.data;
    received(type, token, text, bytes);
  };
  worker.onerror = (event) => failed(event.message ?? 'the worker did not load');
  return worker;
}

export function post(worker, type, token, text, bytes) {
  worker.postMessage({ type, token, text, bytes: bytes.slice() });
}

export function openChannel(received) {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = (event) => {
    const { type, token, text, bytes } = event.data;
    received(type, token, text, bytes);
  };
  return channel;
}

export function tabName() {
  return crypto.randomUUID();
}

export function persistStorage(denied) {
  navigator.storage?.persist?.().then((granted) => {
    if (!granted) {
      denied();
    }
  });
}

export function relayUrl() {
  return (location.protocol === 'https:' ? 'wss://' : 'ws://') + location.host + '/v1';
}

export function hash() {
  return location.hash.slice(1);
}

export function forgetHash() {
  history.replaceState(null, '', location.pathname);
}

export function onHash(changed) {
  addEventListener('hashchange', () => changed());
}

export function reload() {
  location.reload();
}

export function after(millis, done) {
  setTimeout(() => done(), millis);
}

export function copy(text, copied, refused) {
  navigator.clipboard.writeText(text).then(() => copied(), () => refused());
}

export function keepOffline() {
  navigator.serviceWorker?.register('./sw.js').catch((error) => console.warn(String(error)));
}
