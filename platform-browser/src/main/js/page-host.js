// SPDX-License-Identifier: AGPL-3.0-only
// What the page needs of the browser beyond elements: the worker, the lock that makes one tab the
// author, the channel by which a second tab watches the first, storage persistence, offline files.

const LOCK = 'myrhiza author';
const CHANNEL = 'myrhiza';

// Answers '' or one helpful sentence about what is missing.
export function obstacle() {
  if (!globalThis.isSecureContext) {
    return 'This page needs a secure address: open it as https://…, or on this machine as http://localhost or http://127.0.0.1.';
  }
  const modern =
    typeof WebAssembly === 'object' && 'locks' in navigator && typeof BroadcastChannel === 'function'
    && typeof indexedDB === 'object' && crypto.subtle !== undefined && typeof BigInt64Array === 'function';
  return modern ? '' : 'This browser is too old for Myrhiza: please use a current Chromium, Firefox or Safari.';
}

// `author` is called when this tab may write, `viewer` when another tab already does; `freed` when
// that one has gone.
export function lock(author, viewer, freed) {
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
  });
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
