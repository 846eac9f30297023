// SPDX-License-Identifier: AGPL-3.0-only

// The imports, typed. A component imports only what its code reaches, so a manifest declares what
// the app really calls.

import { Bytes, EMPTY, RETURN_AREA, loadBytes, loadString, utf8 } from "./memory";

@external("myrhiza:kernel/state-read@0.1.0", "get")
declare function stateGet(at: usize, length: u32, result: usize): void;
@external("myrhiza:kernel/state-read@0.1.0", "scan")
declare function stateScan(
  start: usize, startLength: u32, hasEnd: u32, end: usize, endLength: u32, limit: u32,
  result: usize,
): void;
@external("myrhiza:kernel/state-write@0.1.0", "put")
declare function statePut(key: usize, keyLength: u32, value: usize, valueLength: u32): void;
@external("myrhiza:kernel/state-write@0.1.0", "delete")
declare function stateDelete(key: usize, keyLength: u32): void;
@external("myrhiza:kernel/topic@0.1.0", "id")
declare function topicId(result: usize): void;
@external("myrhiza:kernel/topic@0.1.0", "founder")
declare function topicFounder(result: usize): void;
@external("myrhiza:kernel/topic@0.1.0", "name")
declare function topicName(result: usize): void;
@external("myrhiza:kernel/author@0.1.0", "forked")
declare function authorForked(): u32;
@external("myrhiza:kernel/self@0.1.0", "principal")
declare function selfPrincipal(result: usize): void;
@external("myrhiza:kernel/self@0.1.0", "instance")
declare function selfInstance(result: usize): void;
@external("myrhiza:kernel/log@0.1.0", "write")
declare function logWrite(level: u32, message: usize, length: u32): void;
@external("myrhiza:kernel/hash@0.1.0", "blake3")
declare function hashBlake3(data: usize, length: u32, result: usize): void;
@external("myrhiza:kernel/verify-signature@0.1.0", "verify")
declare function signatureVerify(
  key: usize, keyLength: u32, message: usize, messageLength: u32, signature: usize, length: u32,
): u32;

/** One entry of the state. */
export class Entry {
  constructor(readonly key: Bytes, readonly value: Bytes) {}
}

/** The topic's state; `put` and `remove` only in `apply`. */
export namespace state {
  /** The value under the key, null when there is none. */
  export function get(key: Bytes): Bytes | null {
    stateGet(changetype<usize>(key), key.length, RETURN_AREA);
    return load<u8>(RETURN_AREA) == 0 ? null : loadBytes(RETURN_AREA + 4);
  }

  /** At most `limit` (1,024) entries from `start` on, before `end` when there is one. */
  export function scan(start: Bytes, end: Bytes | null, limit: u32): Array<Entry> {
    const to = end === null ? EMPTY : end;
    stateScan(
      changetype<usize>(start), start.length,
      end === null ? 0 : 1, changetype<usize>(to), to.length,
      limit, RETURN_AREA,
    );
    const at = <usize>load<u32>(RETURN_AREA);
    const length = <i32>load<u32>(RETURN_AREA, 4);
    const entries = new Array<Entry>(length);
    for (let i = 0; i < length; i++) {
      entries[i] = new Entry(loadBytes(at + i * 16), loadBytes(at + i * 16 + 8));
    }
    return entries;
  }

  /** Sets the value under the key. */
  export function put(key: Bytes, value: Bytes): void {
    statePut(changetype<usize>(key), key.length, changetype<usize>(value), value.length);
  }

  /** Removes the key if it is there. */
  export function remove(key: Bytes): void {
    stateDelete(changetype<usize>(key), key.length);
  }
}

/** The topic that the app runs on. */
export namespace topic {
  /** Its id, 32 bytes. */
  export function id(): Bytes {
    topicId(RETURN_AREA);
    return loadBytes(RETURN_AREA);
  }

  /** The principal who created it, 32 bytes. */
  export function founder(): Bytes {
    topicFounder(RETURN_AREA);
    return loadBytes(RETURN_AREA);
  }

  /** Its name, for people. */
  export function name(): string {
    topicName(RETURN_AREA);
    return loadString(RETURN_AREA);
  }
}

/** What is known of the author of the event that is applied; only in `apply`. */
export namespace author {
  /** Whether the key that signed the event is known to have forked at or before it. */
  export function forked(): bool {
    return authorForked() != 0;
  }
}

/** The user whose peer makes this call; not in `apply`. */
export namespace me {
  /** The long-term public key, 32 bytes. */
  export function principal(): Bytes {
    selfPrincipal(RETURN_AREA);
    return loadBytes(RETURN_AREA);
  }

  /** The public key of this installation, 32 bytes. */
  export function instance(): Bytes {
    selfInstance(RETURN_AREA);
    return loadBytes(RETURN_AREA);
  }
}

/** Messages for the developer. */
export namespace log {
  export function debug(message: string): void {
    write(0, message);
  }

  export function info(message: string): void {
    write(1, message);
  }

  export function warn(message: string): void {
    write(2, message);
  }

  export function error(message: string): void {
    write(3, message);
  }

  function write(level: u32, message: string): void {
    const bytes = utf8(message);
    logWrite(level, changetype<usize>(bytes), bytes.length);
  }
}

/** BLAKE3 of the data, 32 bytes. */
export function blake3(data: Bytes): Bytes {
  hashBlake3(changetype<usize>(data), data.length, RETURN_AREA);
  return loadBytes(RETURN_AREA);
}

/** Whether an Ed25519 signature is good. */
export function verifySignature(key: Bytes, message: Bytes, signature: Bytes): bool {
  return signatureVerify(
    changetype<usize>(key), key.length,
    changetype<usize>(message), message.length,
    changetype<usize>(signature), signature.length,
  ) != 0;
}
