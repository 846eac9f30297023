// SPDX-License-Identifier: AGPL-3.0-only
// Time, entropy, turns and messages of the worker.

export function now() {
  return Date.now();
}

export function entropy(length) {
  return crypto.getRandomValues(new Int8Array(length));
}

export function random() {
  return Math.random();
}

export function after(millis, done) {
  setTimeout(() => done(), millis);
}

// A turn of the event loop without the four milliseconds that nested timers cost.
const turns = [];
const channel = new MessageChannel();
channel.port1.onmessage = () => turns.shift()();

export function soon(done) {
  turns.push(done);
  channel.port2.postMessage(0);
}

// To the page: a type, a number, a text and bytes; any may be unused.
export function post(type, token, text, bytes) {
  self.postMessage({ type, token, text, bytes: bytes.slice() });
}

export function onMessage(received) {
  globalThis.myrhizaReceive = (message) =>
    received(message.type, message.token ?? 0, message.text ?? '', message.bytes?.slice() ?? new Int8Array(0));
}
