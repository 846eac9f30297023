// SPDX-License-Identifier: AGPL-3.0-only
// Ed25519 verification by WebCrypto, on another thread than the worker's. The rule is the
// cofactorless equation, and what WebCrypto computes is left to the browser: so it is used only
// where it decides the cases below as the rule does, and only for what the screen lets through.

const ALGORITHM = 'Ed25519';
// Keys of authors that are kept imported; when there are more, all are imported anew.
const KEYS = 1024;

// Good or not, key, message, signature: cases of docs/spec/vectors/identity.json that tell the
// cofactorless equation from its multiples.
const CASES = [
  // A good signature.
  [true, 'f335763d3836c93bdae4556ed10b08dd236bddf0780761ca0139e76c579ec3f6', '4d797268697a61',
    '3578b980d876341ef1e339d92e6594c997e4d7e7726afd141ae9cd1bd36c8761' +
    '141a20f785d289ccf82ce1f720b03a1f38f85b930485e4d0609acc366fc1c307'],
  // A bit of S flipped.
  [false, 'f335763d3836c93bdae4556ed10b08dd236bddf0780761ca0139e76c579ec3f6', '4d797268697a61',
    '3578b980d876341ef1e339d92e6594c997e4d7e7726afd141ae9cd1bd36c8761' +
    '141a20f785d289ccf92ce1f720b03a1f38f85b930485e4d0609acc366fc1c307'],
  // Key of mixed order, only the equation times eight holds.
  [false, '2f4023e96c5156763a24ff491a90f278b14912213b3ba8218132a6a8facf2b34', '6d697865642031',
    '8a2f35a705cdc3c0528bc5937720c5b3147f9f537ec018cc74c7c4b560dbf732' +
    'c9ba7aa775463174dbe6bcb9cacebb1061ef3889f24a7d4702e723318dd56e06'],
  // Key of mixed order, the equation itself holds.
  [true, '2f4023e96c5156763a24ff491a90f278b14912213b3ba8218132a6a8facf2b34', '6d697865642030',
    '8a2f35a705cdc3c0528bc5937720c5b3147f9f537ec018cc74c7c4b560dbf732' +
    'e8777e3b6b2d6ca8ec5edb635a9f77516b985335eb83d8b7c0af88d93810c500'],
  // Key and R of mixed order, the equation itself holds.
  [true, '2f4023e96c5156763a24ff491a90f278b14912213b3ba8218132a6a8facf2b34', '6d6978656420522031',
    'dc85fd391c46c4f488e7e8c868eaae3c4301cab997ecb91f7548e87e0a65916f' +
    '8c2a8ee5b93df1b78cd9bd1584e0baa0cea3533f02678b4a1a279a2f991fe80e'],
  // A key that is no point.
  [false, '0200000000000000000000000000000000000000000000000000000000000000', '4d797268697a61',
    '3578b980d876341ef1e339d92e6594c997e4d7e7726afd141ae9cd1bd36c8761' +
    '141a20f785d289ccf82ce1f720b03a1f38f85b930485e4d0609acc366fc1c307'],
  // An R that is no point.
  [false, 'f335763d3836c93bdae4556ed10b08dd236bddf0780761ca0139e76c579ec3f6', '4d797268697a61',
    '0200000000000000000000000000000000000000000000000000000000000000' +
    '141a20f785d289ccf82ce1f720b03a1f38f85b930485e4d0609acc366fc1c307'],
];

const keys = new Map();
let trusted = false;

function bytes(hex) {
  return Uint8Array.from(hex.match(/../g) ?? [], (digits) => parseInt(digits, 16));
}

function imported(key) {
  const name = String.fromCharCode(...key);
  let usable = keys.get(name);
  if (usable === undefined) {
    usable = crypto.subtle.importKey('raw', key, ALGORITHM, false, ['verify']);
    if (keys.size >= KEYS) {
      keys.clear();
    }
    keys.set(name, usable);
  }
  return usable;
}

// Whether the equation holds; rejects where the browser objects to the key.
export function equation(key, message, signature) {
  return imported(key).then((usable) => crypto.subtle.verify(ALGORITHM, usable, signature, message));
}

function decidesAlike([good, key, message, signature]) {
  return equation(bytes(key), bytes(message), bytes(signature)).then(
    (verdict) => verdict === good,
    () => !good,
  );
}

async function probe() {
  const alike = await Promise.all(CASES.map(decidesAlike));
  return alike.every((each) => each);
}

// Told once it is known whether this browser decides as the rule does.
export const probed = probe().then((good) => (trusted = good), () => false);

export function isTrusted() {
  return trusted;
}

// `failed`: the browser gave no verdict.
export function verify(signature, message, key, judged, failed) {
  equation(key, message, signature).then((good) => judged(good), () => failed());
}
