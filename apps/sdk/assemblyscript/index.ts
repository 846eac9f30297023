// SPDX-License-Identifier: AGPL-3.0-only

// What an app imports. The rest of this folder is between the SDK and the host.

export {
  Bytes, EMPTY, Reader, Whole, Writer, fromI64, fromU8, isUtf8, join, key, same, toI64, toText,
  utf8,
} from "./bytes";
export { Answer, CREATION, Event, Fields } from "./event";
export { Entry, author, blake3, log, me, state, topic, verifySignature } from "./host";
export { Pair, Severity, Style, View } from "./view";
