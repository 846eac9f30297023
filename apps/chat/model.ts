// SPDX-License-Identifier: AGPL-3.0-only

// What the three components of the chat agree on.

import {
  Bytes, Entry, fromI64, isUtf8, join, key, state, toI64, toText,
} from "../sdk/assemblyscript";

/** Body: the message, UTF-8. */
export const SAY: u32 = 1;
/** Body: what its author wants to be called, UTF-8. */
export const NAME: u32 = 2;

const MAX_MESSAGE_BYTES = 4096;
const MAX_NAME_BYTES = 32;
const KEY_BYTES = 32;
/** Bytes of a key that people are shown to tell authors apart, two digits each. */
const SHOWN_KEY_BYTES = 4;
const DIGITS = "0123456789abcdef";

/** Null, or why this is no message. */
export function messageRefusal(body: Bytes): string | null {
  if (body.length == 0) return "A message needs some text.";
  if (body.length > MAX_MESSAGE_BYTES) return "A message may have at most 4096 bytes; shorten it.";
  return isUtf8(body) ? null : "A message has to be text.";
}

/** Null, or why nobody can be called that. */
export function nameRefusal(body: Bytes): string | null {
  if (body.length == 0) return "A name needs at least one letter.";
  if (body.length > MAX_NAME_BYTES) return "A name may have at most 32 bytes; shorten it.";
  return isUtf8(body) ? null : "A name has to be text.";
}

/** One message. */
export class Message {
  constructor(readonly author: Bytes, readonly text: Bytes) {}

  /** How it is stored: the author's key, then the text. */
  encode(): Bytes {
    return join(this.author, this.text);
  }

  /** Takes apart what `encode` wrote. */
  static decode(stored: Bytes): Message {
    return new Message(
      StaticArray.slice<u8>(stored, 0, KEY_BYTES),
      StaticArray.slice<u8>(stored, KEY_BYTES),
    );
  }
}

/** Where the number of messages lies: 8 bytes, big-endian. */
export function countKey(): Bytes {
  return key("count");
}

/** How many messages there are. */
export function count(): i64 {
  return toI64(state.get(countKey()));
}

/** Where a message lies. They are numbered from 0 as they are delivered, and sort by number. */
export function messageKey(number: i64): Bytes {
  return key("message/", fromI64(number));
}

/** The last messages, at most so many (1,024), the latest last. */
export function latest(limit: u32): Array<Message> {
  const all = count();
  const entries = state.scan(messageKey(max<i64>(0, all - limit)), messageKey(all), limit);
  return entries.map<Message>((entry: Entry) => Message.decode(entry.value));
}

/** Where the name of a principal lies. */
export function nameKey(principal: Bytes): Bytes {
  return key("name/", principal);
}

/** What a principal wants to be called; empty before they said so. */
export function nameOf(principal: Bytes): string {
  return toText(state.get(nameKey(principal)));
}

/** What a principal is shown as. A name alone would not do: anyone may choose any name. */
export function shown(principal: Bytes): string {
  const name = nameOf(principal);
  let digits = "";
  for (let i = 0; i < SHOWN_KEY_BYTES; i++) {
    const byte = <i32>principal[i];
    digits += DIGITS.charAt(byte >> 4) + DIGITS.charAt(byte & 15);
  }
  return name.length == 0 ? digits : name + " (" + digits + ")";
}
