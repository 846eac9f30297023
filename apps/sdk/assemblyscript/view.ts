// SPDX-License-Identifier: AGPL-3.0-only

import { RETURN_AREA, storeString } from "./memory";

/** Size of a `node` in memory: an element (a case, 3 bytes of padding, 40 of payload), a count. */
const NODE: usize = 48;
const PAYLOAD: usize = 4;
const CHILDREN: usize = 44;

const FIRST_ROOM: u32 = 32;

/** How a text looks. */
export enum Style { HEADING, BODY, STRONG, MUTED }

/** How much a message matters. */
export enum Severity { INFO, SUCCESS, WARNING, ERROR }

/** A name and a value that a button carries. */
export class Pair {
  constructor(readonly name: string, readonly value: string) {}
}

/**
 * Builds a view from top to bottom: what opens a region (`panel`, `list`, `menu`, `form`, `dialog`)
 * holds all that follows up to its `end`. The nodes are written as the host will read them.
 */
export class View {
  private nodes: usize = heap.alloc(NODE * FIRST_ROOM);
  private room: u32 = FIRST_ROOM;
  private count: u32 = 0;
  /** Indices of the regions that are open, the innermost last. */
  private open: Array<u32> = [];

  /** A titled region. */
  panel(title: string): View {
    return this.region(0, title);
  }

  /** A list with one entry per element up to its end. */
  list(label: string): View {
    return this.region(1, label);
  }

  text(content: string, style: Style = Style.BODY): View {
    return this.styled(2, style, content);
  }

  message(severity: Severity, content: string): View {
    return this.styled(3, severity, content);
  }

  /** A group of buttons. */
  menu(label: string): View {
    return this.region(4, label);
  }

  /** Proposes the action with these fields when pressed. */
  button(action: string, label: string, fields: Array<Pair> = []): View {
    const at = this.node(5);
    storeString(at, action);
    storeString(at + 8, label);
    const list = heap.alloc(fields.length * 16);
    for (let i = 0; i < fields.length; i++) {
      storeString(list + i * 16, fields[i].name);
      storeString(list + i * 16 + 8, fields[i].value);
    }
    store<u32>(at, <u32>list, 16);
    store<u32>(at, fields.length, 20);
    return this;
  }

  /** Proposes the action with the values of the inputs up to its end. */
  form(action: string, label: string): View {
    const at = this.node(6);
    storeString(at, action);
    storeString(at + 8, label);
    this.open.push(this.count - 1);
    return this;
  }

  textInput(
    name: string, label: string, required: bool, many: bool = false, value: string = "",
  ): View {
    this.input(name, label, 0, required, many, value);
    return this;
  }

  integerInput(name: string, label: string, required: bool, value: string = ""): View {
    this.input(name, label, 1, required, false, value);
    return this;
  }

  choiceInput(
    name: string, label: string, options: Array<string>, required: bool, value: string = "",
  ): View {
    const at = this.input(name, label, 2, required, false, value);
    const list = heap.alloc(options.length * 8);
    for (let i = 0; i < options.length; i++) storeString(list + i * 8, options[i]);
    store<u32>(at, <u32>list, 20);
    store<u32>(at, options.length, 24);
    return this;
  }

  flagInput(name: string, label: string, value: bool): View {
    this.input(name, label, 3, false, false, value ? "true" : "false");
    return this;
  }

  /** A titled region that comes before the rest. */
  dialog(title: string): View {
    return this.region(8, title);
  }

  /** Ends the innermost region that is open. */
  end(): View {
    this.open.pop();
    return this;
  }

  /** Lowers the `view`. */
  lower(): usize {
    store<u32>(RETURN_AREA, <u32>this.nodes);
    store<u32>(RETURN_AREA, this.count, 4);
    return RETURN_AREA;
  }

  private region(kase: u8, title: string): View {
    storeString(this.node(kase), title);
    this.open.push(this.count - 1);
    return this;
  }

  private styled(kase: u8, style: u32, content: string): View {
    const at = this.node(kase);
    store<u8>(at, <u8>style);
    storeString(at + 4, content);
    return this;
  }

  private input(
    name: string, label: string, kind: u8, required: bool, many: bool, value: string,
  ): usize {
    const at = this.node(7);
    storeString(at, name);
    storeString(at + 8, label);
    store<u8>(at, kind, 16);
    store<u8>(at, required ? 1 : 0, 28);
    store<u8>(at, many ? 1 : 0, 29);
    storeString(at + 32, value);
    return at;
  }

  /** Appends a node without children and answers where the payload of its element lies. */
  private node(kase: u8): usize {
    if (this.count == this.room) {
      const more = heap.alloc(NODE * this.room * 2);
      memory.copy(more, this.nodes, NODE * this.room);
      this.nodes = more;
      this.room *= 2;
    }
    if (this.open.length > 0) {
      const parent = this.nodes + NODE * this.open[this.open.length - 1];
      store<u32>(parent, load<u32>(parent, CHILDREN) + 1, CHILDREN);
    }
    const at = this.nodes + NODE * this.count++;
    memory.fill(at, 0, NODE);
    store<u8>(at, kase);
    return at + PAYLOAD;
  }
}
