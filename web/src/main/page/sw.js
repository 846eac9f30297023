// SPDX-License-Identifier: AGPL-3.0-only
// Keeps this version's own files, so that a reload works while the relay is away. The list and the
// version are filled in when the page is packaged; nothing else is ever stored.
const VERSION = '@VERSION@';
const FILES = JSON.parse('@FILES@');
const CACHE = `myrhiza ${VERSION}`;

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches.open(CACHE).then((cache) => cache.addAll(FILES)).then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', (event) => {
  const old = (names) => names.filter((name) => name.startsWith('myrhiza ') && name !== CACHE);
  event.waitUntil(
    caches.keys()
      .then((names) => Promise.all(old(names).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

// The page itself comes from the network where there is one, so that a new version is found; its
// hashed files come from the cache.
async function answer(request) {
  const cache = await caches.open(CACHE);
  if (request.mode === 'navigate') {
    return fetch(request).catch(async () => (await cache.match('./')) ?? Response.error());
  }
  return (await cache.match(request)) ?? fetch(request);
}

self.addEventListener('fetch', (event) => {
  if (event.request.method === 'GET' && new URL(event.request.url).origin === self.location.origin) {
    event.respondWith(answer(event.request));
  }
});
