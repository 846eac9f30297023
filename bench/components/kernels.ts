// SPDX-License-Identifier: AGPL-3.0-only

// Five pieces of plain computation without imports and without floats, to see what metering costs.
// Each takes how much to do and answers a number that depends on all of it.

/** Room for the largest of them, the hash map: 4,096 pairs of 8 bytes. */
const ROOM: usize = memory.data(32768, 16);

/** The two-call Fibonacci number: nothing but calls. */
export function fib(n: u32): u32 {
  return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

/** How many primes there are below n, at most 32,768: stores and short loops. */
export function sieve(n: u32): u32 {
  memory.fill(ROOM, 0, n);
  let count: u32 = 0;
  for (let i: u32 = 2; i < n; i++) {
    if (load<u8>(ROOM + i) != 0) continue;
    count++;
    for (let j = i * i; j < n; j += i) store<u8>(ROOM + j, 1);
  }
  return count;
}

/** The first word of the SHA-256 of n blocks of 64 bytes that count up: arithmetic and loads. */
export function sha256(blocks: u32): u32 {
  store<u64>(STATE, 0xbb67ae856a09e667);
  store<u64>(STATE, 0xa54ff53a3c6ef372, 8);
  store<u64>(STATE, 0x9b05688c510e527f, 16);
  store<u64>(STATE, 0x5be0cd191f83d9ab, 24);
  for (let block: u32 = 0; block < blocks; block++) {
    for (let i: u32 = 0; i < 16; i++) store<u32>(WORDS + i * 4, bswap<u32>(counted(block, i)));
    compress();
  }
  store<u32>(WORDS, 0x80000000);
  for (let i: u32 = 1; i < 15; i++) store<u32>(WORDS + i * 4, 0);
  store<u32>(WORDS, blocks * 512, 60);
  compress();
  return load<u32>(STATE);
}

/** Four bytes that count up, the lowest address lowest. */
@inline
function counted(block: u32, word: u32): u32 {
  const first = (block * 64 + word * 4) & 0xff;
  return first | (first + 1) << 8 | (first + 2) << 16 | (first + 3) << 24;
}

const STATE: usize = memory.data(32, 16);
const WORDS: usize = memory.data(256, 16);

function compress(): void {
  for (let i: u32 = 16; i < 64; i++) {
    const at = WORDS + i * 4;
    const two = load<u32>(at - 8);
    const fifteen = load<u32>(at - 60);
    const s1 = rotr<u32>(two, 17) ^ rotr<u32>(two, 19) ^ two >> 10;
    const s0 = rotr<u32>(fifteen, 7) ^ rotr<u32>(fifteen, 18) ^ fifteen >> 3;
    store<u32>(at, s1 + load<u32>(at - 28) + s0 + load<u32>(at - 64));
  }
  let a = load<u32>(STATE), b = load<u32>(STATE, 4), c = load<u32>(STATE, 8);
  let d = load<u32>(STATE, 12), e = load<u32>(STATE, 16), f = load<u32>(STATE, 20);
  let g = load<u32>(STATE, 24), h = load<u32>(STATE, 28);
  for (let i: u32 = 0; i < 64; i++) {
    const s1 = rotr<u32>(e, 6) ^ rotr<u32>(e, 11) ^ rotr<u32>(e, 25);
    const t1 = h + s1 + (e & f ^ ~e & g) + load<u32>(ROUNDS + i * 4) + load<u32>(WORDS + i * 4);
    const s0 = rotr<u32>(a, 2) ^ rotr<u32>(a, 13) ^ rotr<u32>(a, 22);
    const t2 = s0 + (a & b ^ a & c ^ b & c);
    h = g; g = f; f = e; e = d + t1; d = c; c = b; b = a; a = t1 + t2;
  }
  store<u32>(STATE, load<u32>(STATE) + a);
  store<u32>(STATE, load<u32>(STATE, 4) + b, 4);
  store<u32>(STATE, load<u32>(STATE, 8) + c, 8);
  store<u32>(STATE, load<u32>(STATE, 12) + d, 12);
  store<u32>(STATE, load<u32>(STATE, 16) + e, 16);
  store<u32>(STATE, load<u32>(STATE, 20) + f, 20);
  store<u32>(STATE, load<u32>(STATE, 24) + g, 24);
  store<u32>(STATE, load<u32>(STATE, 28) + h, 28);
}

/** FIPS 180-4, 4.2.2. */
const ROUNDS: usize = memory.data<u32>([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
]);

/** Slots of the hash map, a power of two. */
const SLOTS: u32 = 4096;

/** Counts n pseudo-random keys in an open hash map and sums what it finds: loads that jump. */
export function map(n: u32): u32 {
  memory.fill(ROOM, 0, SLOTS * 8);
  let key: u32 = 1;
  let sum: u32 = 0;
  for (let i: u32 = 0; i < n; i++) {
    key = key * 1664525 + 1013904223;
    const wanted = (key >> 20 & 2047) + 1;
    let slot = wanted * 0x9e3779b1 >> 20;
    while (load<u32>(ROOM + slot * 8) != 0 && load<u32>(ROOM + slot * 8) != wanted) {
      slot = slot + 1 & SLOTS - 1;
    }
    store<u32>(ROOM + slot * 8, wanted);
    const seen = load<u32>(ROOM + slot * 8, 4) + 1;
    store<u32>(ROOM + slot * 8, seen, 4);
    sum += seen;
  }
  return sum;
}

const STEPS: StaticArray<(x: u32) => u32> = [
  (x: u32): u32 => x + 7,
  (x: u32): u32 => x * 3,
  (x: u32): u32 => x ^ 0x55aa,
  (x: u32): u32 => rotl<u32>(x, 5),
];

/** Calls through a table n times. */
export function indirect(n: u32): u32 {
  let x: u32 = 1;
  for (let i: u32 = 0; i < n; i++) x = STEPS[(x >> 7 ^ i * 5 >> 1) & 3](x);
  return x;
}

/** Writes all memory behind the static data, so that an image has to be put back; its pages. */
export function dirty(value: u32): u32 {
  memory.fill(__heap_base, <u8>value, (<usize>memory.size() << 16) - __heap_base);
  return <u32>memory.size();
}
