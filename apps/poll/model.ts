// SPDX-License-Identifier: AGPL-3.0-only

// What the three components of the poll agree on.

import {
  Bytes, Reader, Writer, fromU8, key, state, toI64, utf8,
} from "../sdk/assemblyscript";

/** Body: the index of the option, one byte. */
export const VOTE: u32 = 1;
/** No body. The poll's creator only. */
export const END: u32 = 2;

const MIN_OPTIONS = 2;
const MAX_OPTIONS = 16;
const MAX_OPTION_BYTES = 64;
const MAX_QUESTION_BYTES = 256;

/** What a poll asks; fixed when it is created. */
export class Question {
  constructor(readonly title: string, readonly options: Array<string>) {}

  /** Null, or why this cannot be asked. */
  refusal(): string | null {
    if (this.title.length == 0) return "A poll needs a question.";
    if (utf8(this.title).length > MAX_QUESTION_BYTES) {
      return "The question may have at most 256 bytes; shorten it.";
    }
    const count = this.options.length;
    if (count < MIN_OPTIONS || count > MAX_OPTIONS) {
      return "A poll has 2 to 16 options; " + count.toString() + " given.";
    }
    for (let i = 0; i < count; i++) {
      const option = this.options[i];
      if (option.length == 0) return "An option is empty; fill it in or leave it out.";
      if (utf8(option).length > MAX_OPTION_BYTES) {
        return "An option may have at most 64 bytes; shorten \"" + option + "\".";
      }
      if (this.options.indexOf(option) != i) return "The option \"" + option + "\" is there twice.";
    }
    return null;
  }

  /** The body of the topic's creation: title, number of options, options. */
  encode(): Bytes {
    const writer = new Writer().text(this.title).u8(this.options.length);
    for (let i = 0; i < this.options.length; i++) writer.text(this.options[i]);
    return writer.bytes();
  }

  /** What `encode` wrote; null for any other bytes. */
  static decode(body: Bytes): Question | null {
    const reader = new Reader(body);
    const title = reader.text();
    const count = reader.u8();
    if (count > <u32>MAX_OPTIONS) return null;
    const options: Array<string> = [];
    for (let i: u32 = 0; i < count; i++) options.push(reader.text());
    return reader.complete() ? new Question(title, options) : null;
  }
}

/** Where the body of the creation lies. */
export function questionKey(): Bytes {
  return key("question");
}

/** The question; null before the creation was applied. */
export function question(): Question | null {
  const stored = state.get(questionKey());
  return stored === null ? null : Question.decode(stored);
}

/** Where the number of votes for an option lies: 8 bytes, big-endian. */
export function countKey(option: u32): Bytes {
  return key("count/", fromU8(option));
}

/** How many principals have this option as their last vote. */
export function votes(option: u32): i64 {
  return toI64(state.get(countKey(option)));
}

/** Where the vote of a principal lies: the index of the option, one byte. */
export function voteKey(principal: Bytes): Bytes {
  return key("vote/", principal);
}

/** The last vote of a principal; -1 for none. */
export function voteOf(principal: Bytes): i32 {
  const vote = state.get(voteKey(principal));
  return vote === null ? -1 : <i32>vote[0];
}

/** What is there once the poll has ended. */
export function endedKey(): Bytes {
  return key("ended");
}

/** Whether the poll has ended. */
export function ended(): bool {
  return state.get(endedKey()) !== null;
}
