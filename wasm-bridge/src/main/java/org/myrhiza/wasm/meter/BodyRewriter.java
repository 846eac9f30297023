// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.meter;

import java.util.BitSet;
import org.myrhiza.wasm.binary.ByteReader;
import org.myrhiza.wasm.binary.ByteWriter;
import org.myrhiza.wasm.binary.WasmException;
import org.myrhiza.wasm.core.FeatureSet;
import org.myrhiza.wasm.core.FunctionBody;
import org.myrhiza.wasm.core.InstructionReader;
import org.myrhiza.wasm.core.Instructions;
import org.myrhiza.wasm.core.ValueType;

/**
 * Rewrites one body into this shape, where fuel and stack are parameters:
 *
 * <pre>
 * block $end
 *   stack += frame;        br_if $end (stack passed a limit)
 *   fuel -= entry price and first sum;   br_if $end (fuel and first sum below zero)
 *   block $body (results)
 *     the guest's code, in which return is a branch to $body
 *   end
 *   return results and fuel
 * end
 * accounts = fuel, stack;  unreachable
 * </pre>
 *
 * <p>The prices of instructions that always run together are summed and taken where control may
 * leave them: before a branch, an {@code if}, an {@code else}, an {@code end}, a loop's head, a
 * call; the first of these sums is taken with the price of entry. The fuel is looked at where rules
 * ask for it only. What a callee gives back its caller looks at, and not before something could
 * happen that tells whether it did: mostly the next look at the fuel comes first. Code that cannot
 * be reached is left out.
 *
 * <p>Guest labels keep their numbers: {@code $body} stands where the function's own label stood.
 * Locals move up by the two parameters.
 */
final class BodyRewriter {
  private final Space space;
  private final InstructionReader reader;
  private final InstructionCopy copy;
  private final Code code;
  private final Frame frame;

  /** Locals behind the guest's: one {@code i64}, and behind it up to two {@code i32}. */
  private final int wide;

  private final int scratch;

  /** Guest blocks around the current instruction: the label of {@code $body}. */
  private int depth;

  /** Blocks opened since code became unreachable, plus one; 0 while it is reachable. */
  private int dead;

  private long pending;

  /** The sum taken with the price of entry; negative until it is known. */
  private int firstSum = -1;

  /** All prices of the body, for {@link Limits#UNCHECKED_PRICES}. */
  private long total;

  /** Whether nobody has looked at the fuel that the last call gave back. */
  private boolean unchecked;

  /** Which of the guest's blocks around the current instruction are loops. */
  private final BitSet loops = new BitSet();

  private boolean needsWide;
  private int scratchLocals;

  /**
   * What the body belongs to.
   *
   * @param params parameters
   * @param operandHeight the most operands at once
   * @param blockType the block type of its results, as a signed number of 33 bits
   * @param convention how it gives the fuel back
   */
  record Frame(int params, int operandHeight, long blockType, Convention convention) {
    int cost(int locals) {
      long slots = (long) Limits.FRAME_SLOTS + params + locals + operandHeight;
      return Accounts.ONE_FRAME + (int) Math.min(slots, Accounts.MAX_FRAME_COST);
    }
  }

  /** The module around: how indices change, and what growth is allowed. */
  interface Space {
    /** Whether a call to the function leaves the module. */
    boolean isImport(int function);

    /** The function that stands for a function where a reference to it is taken. */
    int reference(int function);

    /** Whether types have other indices than the guest gave them. */
    boolean movesTypes();

    /** The new index of a type. */
    int type(int index);

    /** The index of the type that functions of one of the guest's types get. */
    int functionType(int index);

    /** How functions of a type give the fuel back. */
    Convention ofType(int index);

    /** How a function gives the fuel back. */
    Convention ofFunction(int function);

    /** The new index of a global. */
    int global(int index);

    /** The pages up to which a memory may grow. */
    long maxPages(int memory);
  }

  BodyRewriter(Space space, Frame frame, byte[] source, FunctionBody body, FeatureSet set) {
    this.space = space;
    this.frame = frame;
    this.reader = new InstructionReader(new ByteReader(source, body.from(), body.to()), set);
    this.copy = new InstructionCopy(space, reader, source, frame.params());
    this.wide = frame.params() + Convention.PARAMS + body.localCount();
    this.scratch = wide + 1;
    this.code = new Code(frame.params());
  }

  /** The rewritten body, without its size. */
  ByteWriter rewrite(FunctionBody body) throws WasmException {
    code.bytes().u8(Instructions.BLOCK).s64(frame.blockType());
    while (depth >= 0) {
      reader.next();
      if (dead > 0) {
        skipDead();
      } else {
        rewriteInstruction();
      }
    }
    if (total > Limits.UNCHECKED_PRICES) {
      code.check(0);
    }
    code.giveBack(frame.convention());
    code.end();
    code.giveUp();
    code.end();
    return locals(body).append(beginning(body).bytes()).append(code.bytes());
  }

  /** What comes before {@code $body}. */
  private Code beginning(FunctionBody body) {
    Code out = new Code(frame.params());
    out.openBlock();
    out.pushStackAndCheck(frame.cost(body.localCount()), 0);
    out.chargeAhead(FuelTable.entry(body.localCount()), Math.max(firstSum, 0), 0);
    return out;
  }

  private ByteWriter locals(FunctionBody body) {
    ByteWriter out = new ByteWriter();
    boolean widened = needsWide || scratchLocals > 0;
    out.u32(body.locals().size() + (widened ? 1 : 0) + (scratchLocals > 0 ? 1 : 0));
    for (FunctionBody.LocalRun run : body.locals()) {
      out.u32(run.count()).u8(run.type().code());
    }
    if (widened) {
      out.u32(1).u8(ValueType.I64.code());
    }
    if (scratchLocals > 0) {
      out.u32(scratchLocals).u8(ValueType.I32.code());
    }
    return out;
  }

  private void skipDead() {
    switch (reader.code()) {
      case Instructions.BLOCK, Instructions.LOOP, Instructions.IF -> dead++;
      case Instructions.ELSE -> {
        if (dead == 1) {
          dead = 0;
          unchecked = false;
          copy();
        }
      }
      case Instructions.END -> {
        dead--;
        if (dead == 0) {
          unchecked = false;
          closeBlock();
        }
      }
      default -> {}
    }
  }

  private void rewriteInstruction() {
    int opcode = reader.code();
    if (unchecked && tells(opcode)) {
      code.check(giveUpLabel());
      unchecked = false;
    }
    pending += FuelTable.of(opcode);
    total += FuelTable.of(opcode);
    switch (opcode) {
      case Instructions.BLOCK -> openBlock();
      case Instructions.LOOP -> {
        flush();
        openBlock();
        code.check(giveUpLabel());
        unchecked = false;
      }
      case Instructions.IF -> {
        flush();
        openBlock();
      }
      case Instructions.ELSE -> {
        flush();
        copy();
      }
      case Instructions.END -> {
        flush();
        closeBlock();
      }
      case Instructions.BR, Instructions.BR_TABLE -> {
        flush();
        copy();
        dead = 1;
      }
      case Instructions.RETURN -> {
        flush();
        code.branch(depth);
        dead = 1;
      }
      case Instructions.UNREACHABLE -> {
        pending = 0;
        copy();
        dead = 1;
      }
      case Instructions.BR_IF -> {
        flush();
        copy();
      }
      default -> rewritePlain(opcode);
    }
  }

  /**
   * Whether the instruction could tell that nobody has looked at the fuel: not one that a look at
   * it follows before anything else can happen.
   */
  private boolean tells(int opcode) {
    return switch (opcode) {
      case Instructions.BLOCK, Instructions.LOOP, Instructions.RETURN -> false;
      case Instructions.END -> depth > 0;
      case Instructions.BR, Instructions.BR_IF -> !looksItself(reader.first());
      case Instructions.CALL -> !space.isImport(reader.first());
      case Instructions.MEMORY_GROW -> false;
      default -> !FuelTable.isBulk(opcode) && !Harmless.is(opcode);
    };
  }

  /** Whether the fuel is looked at where a branch goes: at a loop's head, or by the caller. */
  private boolean looksItself(int label) {
    return label == depth || loops.get(depth - label);
  }

  private void rewritePlain(int opcode) {
    switch (opcode) {
      case Instructions.CALL -> {
        if (space.isImport(reader.first())) {
          callImport();
        } else {
          call();
        }
      }
      case Instructions.CALL_INDIRECT -> callIndirect();
      case Instructions.GLOBAL_GET, Instructions.GLOBAL_SET ->
          code.bytes().u8(opcode).u32(space.global(reader.first()));
      case Instructions.REF_FUNC -> code.bytes().u8(opcode).u32(space.reference(reader.first()));
      case Instructions.MEMORY_GROW -> growMemory();
      case Instructions.MEMORY_COPY, Instructions.MEMORY_FILL, Instructions.MEMORY_INIT ->
          bulkBytes();
      case Instructions.TABLE_COPY,
          Instructions.TABLE_INIT,
          Instructions.TABLE_FILL,
          Instructions.TABLE_GROW ->
          bulkElements();
      default -> copy();
    }
  }

  /** A call inside the module: the callee looks at the fuel, so this only hands it over. */
  private void call() {
    code.passAccounts(taken());
    copy();
    takeBack(space.ofFunction(reader.first()));
  }

  private void callIndirect() {
    scratchLocals = Math.max(scratchLocals, 1);
    code.passAccountsBelow(taken(), scratch);
    int type = space.functionType(reader.first());
    code.bytes().u8(Instructions.CALL_INDIRECT).u32(type).u32(reader.second());
    takeBack(space.ofType(reader.first()));
  }

  private void takeBack(Convention convention) {
    needsWide |= convention == Convention.PACKED;
    code.takeBack(convention, wide);
    unchecked = true;
  }

  private void callImport() {
    code.chargeAndCheck(taken() + FuelTable.CALL_IMPORT, giveUpLabel());
    code.pushStackAndCheck(Limits.IMPORT_SLOTS, giveUpLabel());
    code.storeAccounts();
    copy();
    code.popStack(Limits.IMPORT_SLOTS);
    code.loadFuel();
    unchecked = false;
  }

  private void bulkBytes() {
    scratchLocals = Math.max(scratchLocals, 1);
    code.teeLocal(scratch);
    code.chargeBytesAndCheck(taken(), scratch, giveUpLabel());
    unchecked = false;
    copy();
  }

  private void bulkElements() {
    scratchLocals = Math.max(scratchLocals, 1);
    code.teeLocal(scratch);
    code.chargeCountAndCheck(taken(), scratch, 1, wide, giveUpLabel());
    unchecked = false;
    copy();
  }

  private void growMemory() {
    scratchLocals = 2;
    code.setLocal(scratch);
    code.chargeCountAndCheck(taken(), scratch, FuelTable.GROW_PAGE, wide, giveUpLabel());
    unchecked = false;
    code.grow(scratch, scratch + 1, reader.memory(), space.maxPages(reader.memory()));
  }

  private void openBlock() {
    loops.set(depth + 1, reader.code() == Instructions.LOOP);
    copy();
    depth++;
  }

  private void closeBlock() {
    copy();
    depth--;
  }

  private void flush() {
    code.charge(taken());
  }

  /** The sum of prices still to be taken, which counts as paid then; the first was at entry. */
  private int taken() {
    int sum = Math.toIntExact(pending);
    pending = 0;
    if (firstSum < 0) {
      firstSum = sum;
      return 0;
    }
    return sum;
  }

  private int giveUpLabel() {
    return depth + 1;
  }

  private void copy() {
    copy.to(code.bytes());
  }
}
