// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.meter;

import org.myrhiza.wasm.binary.ByteWriter;
import org.myrhiza.wasm.core.ConstantExpression;
import org.myrhiza.wasm.core.CoreModule;
import org.myrhiza.wasm.core.DataSegment;
import org.myrhiza.wasm.core.ElementSegment;
import org.myrhiza.wasm.core.Extent;
import org.myrhiza.wasm.core.ExternType;
import org.myrhiza.wasm.core.FeatureSet;
import org.myrhiza.wasm.core.Instructions;
import org.myrhiza.wasm.core.Placement;
import org.myrhiza.wasm.core.ValueType;

/** Writes tables, segments and constant expressions of a rewritten module. */
final class SegmentWriter {
  private static final int PASSIVE = 1;
  private static final int DECLARATIVE = 3;
  private static final int EXPLICIT = 2;
  private static final int EXPRESSIONS = 4;
  private static final int OF_MEMORY = 2;

  private final CoreModule module;
  private final BodyRewriter.Space space;
  private final Thunks thunks;
  private final Entries entries;

  SegmentWriter(CoreModule module, BodyRewriter.Space space, Thunks thunks, Entries entries) {
    this.module = module;
    this.space = space;
    this.thunks = thunks;
    this.entries = entries;
  }

  void writeTable(ByteWriter out, ExternType.Table table) {
    out.u8(table.element().code());
    writeExtent(out, table.extent());
  }

  void writeExtent(ByteWriter out, Extent extent) {
    out.u8(extent.hasMax() ? 1 : 0).u32((int) extent.min());
    if (extent.hasMax()) {
      out.u32((int) extent.max());
    }
  }

  void writeConstant(ByteWriter out, ConstantExpression constant) {
    int bits = (int) constant.bits();
    switch (constant.kind()) {
      case I32 -> out.u8(Instructions.I32_CONST).s32(bits);
      case I64 -> out.u8(Instructions.I64_CONST).s64(constant.bits());
      case F32 -> out.u8(Instructions.F32_CONST).fixed32(bits);
      case F64 -> out.u8(Instructions.F64_CONST).fixed64(constant.bits());
      case GLOBAL -> out.u8(Instructions.GLOBAL_GET).u32(space.global(bits));
      case NULL -> out.u8(Instructions.REF_NULL).u8(bits);
      case FUNCTION -> out.u8(Instructions.REF_FUNC).u32(space.reference(bits));
    }
    out.u8(Instructions.END);
  }

  /** One more than the source has where references are values and some need to be declared. */
  int elementCount() {
    return module.elements().size() + (declares() ? 1 : 0);
  }

  private boolean declares() {
    return module.featureSet() == FeatureSet.BRIDGE && thunks.count() + entries.count() > 0;
  }

  /** Names the thunks, and what only an export named: the outside gets its entry instead. */
  private void writeDeclarations(ByteWriter out) {
    out.u8(DECLARATIVE).u8(0).u32(thunks.count() + entries.count());
    for (int i = 0; i < thunks.count(); i++) {
      out.u32(thunks.of(thunks.target(i)));
    }
    for (int i = 0; i < entries.count(); i++) {
      out.u32(entries.callee(i));
    }
  }

  ByteWriter elementSection() {
    ByteWriter out = new ByteWriter();
    out.u32(elementCount());
    for (ElementSegment segment : module.elements()) {
      writeElements(out, segment);
    }
    if (declares()) {
      writeDeclarations(out);
    }
    return out;
  }

  private void writeElements(ByteWriter out, ElementSegment segment) {
    boolean expressions = needsExpressions(segment);
    int form = expressions ? EXPRESSIONS : 0;
    boolean typed = true;
    switch (segment.placement()) {
      case Placement.Active(int table, ConstantExpression at) -> {
        typed = table != 0 || segment.type() != ValueType.FUNCREF;
        out.u8(form | (typed ? EXPLICIT : 0));
        if (typed) {
          out.u32(table);
        }
        writeConstant(out, at);
      }
      case Placement.Passive() -> out.u8(form | PASSIVE);
      case Placement.Declarative() -> out.u8(form | DECLARATIVE);
    }
    if (typed) {
      out.u8(expressions ? segment.type().code() : 0);
    }
    out.u32(segment.size());
    for (int i = 0; i < segment.size(); i++) {
      writeItem(out, segment, segment.item(i), expressions);
    }
  }

  private static boolean needsExpressions(ElementSegment segment) {
    if (segment.type() != ValueType.FUNCREF) {
      return true;
    }
    for (int i = 0; i < segment.size(); i++) {
      if (segment.item(i) < 0) {
        return true;
      }
    }
    return false;
  }

  private void writeItem(ByteWriter out, ElementSegment segment, int item, boolean expressions) {
    if (!expressions) {
      out.u32(space.reference(item));
      return;
    }
    if (item >= 0) {
      out.u8(Instructions.REF_FUNC).u32(space.reference(item));
    } else if (item == ElementSegment.NULL) {
      out.u8(Instructions.REF_NULL).u8(segment.type().code());
    } else {
      out.u8(Instructions.GLOBAL_GET).u32(space.global(-2 - item));
    }
    out.u8(Instructions.END);
  }

  ByteWriter dataSection() {
    ByteWriter out = new ByteWriter();
    out.u32(module.data().size());
    for (DataSegment segment : module.data()) {
      if (segment.placement() instanceof Placement.Active(int memory, ConstantExpression at)) {
        if (memory == 0) {
          out.u8(0);
        } else {
          out.u8(OF_MEMORY).u32(memory);
        }
        writeConstant(out, at);
      } else {
        out.u8(PASSIVE);
      }
      out.u32(segment.to() - segment.from());
      out.bytes(module.array(), segment.from(), segment.to());
    }
    return out;
  }
}
