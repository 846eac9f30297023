// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.core;

import org.myrhiza.wasm.binary.WasmException;

/**
 * The operand and control stacks of the validation algorithm (core specification, appendix
 * "Validation Algorithm"). Operand types are {@link ValueType#code}s; {@link #UNKNOWN} stands for
 * any type in code that cannot be reached. Remembers the greatest height.
 */
final class OperandStack {
  static final int UNKNOWN = 0;

  private final Limits limits;
  private int[] operands = new int[64];
  private int size;
  private int greatest;

  private int[] opcodes = new int[32];
  private int[][] starts = new int[32][];
  private int[][] ends = new int[32][];
  private int[] heights = new int[32];
  private boolean[] unreachable = new boolean[32];
  private int frames;

  OperandStack(Limits limits) {
    this.limits = limits;
  }

  void clear() {
    size = 0;
    greatest = 0;
    frames = 0;
  }

  int greatest() {
    return greatest;
  }

  int frames() {
    return frames;
  }

  void push(int type, int offset) throws WasmException {
    if (size == operands.length) {
      operands = grown(operands);
    }
    operands[size++] = type;
    if (size > greatest) {
      greatest = size;
      if (size > limits.operandHeight()) {
        throw WasmException.refused(
            offset,
            "height of the operand stack",
            Integer.toString(size),
            "at most " + limits.operandHeight());
      }
    }
  }

  void pushAll(int[] types, int offset) throws WasmException {
    for (int type : types) {
      push(type, offset);
    }
  }

  int pop(int offset) throws WasmException {
    int top = frames - 1;
    if (size == heights[top]) {
      if (unreachable[top]) {
        return UNKNOWN;
      }
      throw WasmException.invalid(offset, "operand", "an empty stack", "a value");
    }
    return operands[--size];
  }

  int pop(int wanted, int offset) throws WasmException {
    int seen = pop(offset);
    if (seen != wanted && seen != UNKNOWN && wanted != UNKNOWN) {
      throw WasmException.invalid(
          offset, "operand", ValueType.nameOf(seen), ValueType.nameOf(wanted));
    }
    return seen;
  }

  void popAll(int[] types, int offset) throws WasmException {
    for (int i = types.length - 1; i >= 0; i--) {
      pop(types[i], offset);
    }
  }

  /** Checks that operands of these types lie on top, and leaves the stack as it was. */
  void peekAll(int[] types, int offset) throws WasmException {
    int before = size;
    popAll(types, offset);
    size = before;
  }

  void open(int opcode, int[] start, int[] end, int offset) throws WasmException {
    if (frames > limits.nesting()) {
      throw WasmException.refused(
          offset, "nesting of blocks", Integer.toString(frames), "at most " + limits.nesting());
    }
    if (frames == opcodes.length) {
      growFrames();
    }
    opcodes[frames] = opcode;
    starts[frames] = start;
    ends[frames] = end;
    heights[frames] = size;
    unreachable[frames] = false;
    frames++;
    pushAll(start, offset);
  }

  /** Closes the innermost block; {@link #closedOpcode} and its like tell of it until the next. */
  void close(int offset) throws WasmException {
    int top = frames - 1;
    popAll(ends[top], offset);
    if (size != heights[top]) {
      throw WasmException.invalid(
          offset, "end of block", (size - heights[top]) + " operands left", "none left");
    }
    frames--;
  }

  int closedOpcode() {
    return opcodes[frames];
  }

  int[] closedStart() {
    return starts[frames];
  }

  int[] closedEnd() {
    return ends[frames];
  }

  /** The types that a branch to the label hands over. */
  int[] label(int depth, int offset) throws WasmException {
    if (depth < 0 || depth >= frames) {
      throw WasmException.invalid(
          offset, "label", Integer.toUnsignedString(depth), "below " + frames);
    }
    int frame = frames - 1 - depth;
    return opcodes[frame] == Instructions.LOOP ? starts[frame] : ends[frame];
  }

  /** Whether the label is that of a loop. */
  boolean isLoop(int depth, int offset) throws WasmException {
    label(depth, offset);
    return opcodes[frames - 1 - depth] == Instructions.LOOP;
  }

  /** The results of the function. */
  int[] results() {
    return ends[0];
  }

  void markUnreachable() {
    int top = frames - 1;
    size = heights[top];
    unreachable[top] = true;
  }

  private void growFrames() {
    opcodes = grown(opcodes);
    heights = grown(heights);
    int length = opcodes.length;
    int[][] longerStarts = new int[length][];
    int[][] longerEnds = new int[length][];
    boolean[] longerFlags = new boolean[length];
    System.arraycopy(starts, 0, longerStarts, 0, frames);
    System.arraycopy(ends, 0, longerEnds, 0, frames);
    System.arraycopy(unreachable, 0, longerFlags, 0, frames);
    starts = longerStarts;
    ends = longerEnds;
    unreachable = longerFlags;
  }

  private static int[] grown(int[] array) {
    int[] longer = new int[array.length * 2];
    System.arraycopy(array, 0, longer, 0, array.length);
    return longer;
  }
}
