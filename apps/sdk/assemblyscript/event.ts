// SPDX-License-Identifier: AGPL-3.0-only

import { Bytes, EMPTY, loadString, storeBytes, storeString, RETURN_AREA } from "./memory";

/** The tag of the topic's creation; its body is what `create` answered. */
export const CREATION: u32 = 0;

/** One event, as `apply` gets it. The body comes from a stranger. */
export class Event {
  constructor(
    /** 32 bytes. */
    readonly id: Bytes,
    /** The long-term key of its author, 32 bytes. */
    readonly principal: Bytes,
    /** The key that signed, 32 bytes. */
    readonly signer: Bytes,
    /** The author's own clock, in milliseconds since 1970. */
    readonly millis: u64,
    readonly counter: u32,
    readonly tag: u32,
    readonly body: Bytes,
  ) {}
}

/** What a user filled in, in the user's order. */
export class Fields {
  private names: Array<string> = [];
  private values: Array<string> = [];

  static lift(at: usize, length: u32): Fields {
    const fields = new Fields();
    for (let i: u32 = 0; i < length; i++) {
      fields.names.push(loadString(at + i * 16));
      fields.values.push(loadString(at + i * 16 + 8));
    }
    return fields;
  }

  /** The first value of that name, or the other one when there is none. */
  get(name: string, otherwise: string = ""): string {
    for (let i = 0; i < this.names.length; i++) {
      if (this.names[i] == name) return this.values[i];
    }
    return otherwise;
  }

  /** All values of that name. */
  all(name: string): Array<string> {
    const found: Array<string> = [];
    for (let i = 0; i < this.names.length; i++) {
      if (this.names[i] == name) found.push(this.values[i]);
    }
    return found;
  }
}

/** What `create` and `propose` answer: an event to sign, or why there is none. */
export class Answer {
  private constructor(
    readonly tag: u32,
    readonly body: Bytes,
    readonly refusal: string | null,
  ) {}

  /** The body of the topic's creation. */
  static creation(body: Bytes = EMPTY): Answer {
    return new Answer(CREATION, body, null);
  }

  /** An event with one of the manifest's tags. */
  static event(tag: u32, body: Bytes = EMPTY): Answer {
    return new Answer(tag, body, null);
  }

  /** No event; one sentence for the user. */
  static refuse(reason: string): Answer {
    return new Answer(0, EMPTY, reason);
  }
}

/** Lowers `result<_, string>`. */
export function lowerVerdict(rejection: string | null): usize {
  if (rejection === null) {
    store<u8>(RETURN_AREA, 0);
  } else {
    store<u8>(RETURN_AREA, 1);
    storeString(RETURN_AREA + 4, rejection);
  }
  return RETURN_AREA;
}

/** Lowers `result<bytes, string>`. */
export function lowerCreation(answer: Answer): usize {
  const refusal = answer.refusal;
  if (refusal !== null) return lowerVerdict(refusal);
  store<u8>(RETURN_AREA, 0);
  storeBytes(RETURN_AREA + 4, answer.body);
  return RETURN_AREA;
}

/** Lowers `result<proposal, string>`. */
export function lowerProposal(answer: Answer): usize {
  const refusal = answer.refusal;
  if (refusal !== null) return lowerVerdict(refusal);
  store<u8>(RETURN_AREA, 0);
  store<u32>(RETURN_AREA, answer.tag, 4);
  storeBytes(RETURN_AREA + 8, answer.body);
  return RETURN_AREA;
}
