// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.component;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.binary.ByteReader;
import org.myrhiza.wasm.binary.WasmException;

/** Reads type definitions. */
final class TypeDecoder {
  private final ByteReader in;
  private final PartCount parts;
  private final int scopes;

  /** {@code scopes}: how many instance or component types this one is inside of. */
  TypeDecoder(ByteReader in, PartCount parts, int scopes) {
    this.in = in;
    this.parts = parts;
    this.scopes = scopes;
  }

  Definition.Type type() throws WasmException {
    int start = in.offset();
    return new Definition.Type(start, expression());
  }

  private TypeExpression expression() throws WasmException {
    int start = in.offset();
    int opcode = in.u8("type");
    return switch (opcode) {
      case 0x72 -> new TypeExpression.OfRecord(someNamed("record fields", start));
      case 0x71 -> new TypeExpression.OfVariant(cases(start));
      case 0x70 -> new TypeExpression.OfList(reference());
      case 0x6f -> new TypeExpression.OfTuple(elements(start));
      case 0x6e -> new TypeExpression.OfFlags(flags(start));
      case 0x6d -> new TypeExpression.OfEnum(labels("enum labels", start));
      case 0x6b -> new TypeExpression.OfOption(reference());
      case 0x6a -> new TypeExpression.OfResult(maybe(), maybe());
      case 0x40 -> function();
      case 0x41 -> new TypeExpression.OfComponent(declarations(true, start));
      case 0x42 -> new TypeExpression.OfInstance(declarations(false, start));
      case 0x69 -> new TypeExpression.OfOwn(in.index("type index"));
      case 0x68 -> new TypeExpression.OfBorrow(in.index("type index"));
      case 0x67 -> new TypeExpression.OfFixedList(reference(), in.u32("length of a list"));
      case 0x66 -> throw WasmException.unsupported(Feature.STREAMS, start);
      case 0x65 -> throw WasmException.unsupported(Feature.FUTURES, start);
      case 0x63 -> new TypeExpression.OfMap(reference(), reference());
      case 0x43, 0x3e -> throw WasmException.unsupported(Feature.ASYNC, start);
      case 0x3f -> resource(start);
      default -> new TypeExpression.OfPrimitive(primitive(opcode, start));
    };
  }

  private TypeExpression resource(int start) throws WasmException {
    int representation = in.u8("representation");
    if (representation != 0x7f) {
      throw WasmException.malformed(
          start, "representation of a resource", Shown.hex(representation), "0x7f, an i32");
    }
    int at = in.offset();
    int given = in.u8("destructor");
    return switch (given) {
      case 0 -> new TypeExpression.OfResource(TypeExpression.OfResource.NO_DESTRUCTOR);
      case 1 -> new TypeExpression.OfResource(in.index("core function index"));
      default -> throw WasmException.malformed(at, "destructor", Shown.hex(given), "0x0 or 0x1");
    };
  }

  private static Primitive primitive(int opcode, int offset) throws WasmException {
    return switch (opcode) {
      case 0x7f -> Primitive.BOOL;
      case 0x7e -> Primitive.S8;
      case 0x7d -> Primitive.U8;
      case 0x7c -> Primitive.S16;
      case 0x7b -> Primitive.U16;
      case 0x7a -> Primitive.S32;
      case 0x79 -> Primitive.U32;
      case 0x78 -> Primitive.S64;
      case 0x77 -> Primitive.U64;
      case 0x74 -> Primitive.CHAR;
      case 0x73 -> Primitive.STRING;
      case 0x76 -> Primitive.F32;
      case 0x75 -> Primitive.F64;
      case 0x64 -> throw WasmException.unsupported(Feature.ERROR_CONTEXTS, offset);
      default -> throw WasmException.malformed(offset, "type", Shown.hex(opcode), "a type");
    };
  }

  /** A value type: a primitive in one byte (0x40 to 0x7f), or an index. */
  private TypeExpression.Reference reference() throws WasmException {
    int start = in.offset();
    int b = in.peek("value type");
    if (b >= 0x40 && b < 0x80) {
      return new TypeExpression.Direct(primitive(in.u8("value type"), start));
    }
    long index = in.s33("type index");
    if (index < 0 || index > Integer.MAX_VALUE) {
      throw WasmException.malformed(start, "value type", "" + index, "a type");
    }
    return new TypeExpression.Indexed((int) index);
  }

  private TypeExpression.@Nullable Reference maybe() throws WasmException {
    int start = in.offset();
    int b = in.u8("optional type");
    return switch (b) {
      case 0 -> null;
      case 1 -> reference();
      default -> throw WasmException.malformed(start, "optional type", Shown.hex(b), "0x0 or 0x1");
    };
  }

  private List<TypeExpression.Named> someNamed(String what, int start) throws WasmException {
    List<TypeExpression.Named> out = named(what);
    some(what, out.size(), start);
    return out;
  }

  private List<TypeExpression.Named> named(String what) throws WasmException {
    int count = parts.read(in, what);
    List<TypeExpression.Named> out = new ArrayList<>();
    TreeSet<String> seen = new TreeSet<>();
    for (int i = 0; i < count; i++) {
      String name = fresh(what, seen);
      out.add(new TypeExpression.Named(name, reference()));
    }
    return List.copyOf(out);
  }

  private String fresh(String what, Set<String> seen) throws WasmException {
    int at = in.offset();
    String name = in.name(what, Limits.NAME_BYTES);
    if (!Names.isKebab(name)) {
      throw WasmException.invalid(at, what, "the name " + name, "a name in kebab case");
    }
    if (!seen.add(Names.folded(name))) {
      throw WasmException.invalid(
          at, what, "the name " + name + " twice", "each name once, in upper or lower case");
    }
    return name;
  }

  private List<TypeExpression.MaybeNamed> cases(int start) throws WasmException {
    int count = parts.read(in, "variant cases");
    some("variant cases", count, start);
    List<TypeExpression.MaybeNamed> out = new ArrayList<>();
    TreeSet<String> seen = new TreeSet<>();
    for (int i = 0; i < count; i++) {
      String name = fresh("variant cases", seen);
      TypeExpression.Reference type = maybe();
      int at = in.offset();
      int end = in.u8("variant case");
      if (end != 0) {
        throw WasmException.malformed(at, "variant case", Shown.hex(end), "0x0");
      }
      out.add(new TypeExpression.MaybeNamed(name, type));
    }
    return List.copyOf(out);
  }

  private List<TypeExpression.Reference> elements(int start) throws WasmException {
    int count = parts.read(in, "tuple elements");
    some("tuple elements", count, start);
    List<TypeExpression.Reference> out = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      out.add(reference());
    }
    return List.copyOf(out);
  }

  private List<String> flags(int start) throws WasmException {
    List<String> labels = labels("flags labels", start);
    if (labels.size() > Limits.FLAGS) {
      throw WasmException.invalid(
          start, "flags labels", labels.size() + " labels", "at most " + Limits.FLAGS);
    }
    return labels;
  }

  private List<String> labels(String what, int start) throws WasmException {
    int count = parts.read(in, what);
    some(what, count, start);
    List<String> out = new ArrayList<>();
    TreeSet<String> seen = new TreeSet<>();
    for (int i = 0; i < count; i++) {
      out.add(fresh(what, seen));
    }
    return List.copyOf(out);
  }

  private TypeExpression function() throws WasmException {
    List<TypeExpression.Named> params = named("parameters");
    int start = in.offset();
    int form = in.u8("result");
    if (form == 0) {
      return new TypeExpression.OfFunction(params, reference());
    }
    int none = in.u8("result");
    if (form != 1 || none != 0) {
      throw WasmException.malformed(start, "result", Shown.hex(form), "0x0 type, or 0x1 0x0");
    }
    return new TypeExpression.OfFunction(params, null);
  }

  private List<Definition> declarations(boolean component, int start) throws WasmException {
    if (scopes >= Limits.TYPE_SCOPE_DEPTH) {
      throw WasmException.malformed(
          start, "nesting of types", "deeper", "" + Limits.TYPE_SCOPE_DEPTH);
    }
    int count = parts.read(in, "declarations");
    List<Definition> out = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      out.add(declaration(component));
    }
    return List.copyOf(out);
  }

  private Definition declaration(boolean component) throws WasmException {
    int start = in.offset();
    int kind = in.u8("declaration");
    DefinitionDecoder items = new DefinitionDecoder(in, parts);
    return switch (kind) {
      case 0 -> new CoreTypeDecoder(in, parts).definition();
      case 1 -> new TypeDecoder(in, parts, scopes + 1).type();
      case 2 -> items.alias();
      case 3 -> {
        if (!component) {
          throw WasmException.malformed(
              start, "declaration", "an import", "none in an instance type");
        }
        yield items.importDefinition();
      }
      case 4 -> items.exportDeclaration();
      default -> throw WasmException.malformed(start, "declaration", Shown.hex(kind), "0x1 to 0x4");
    };
  }

  private static void some(String what, int count, int offset) throws WasmException {
    if (count == 0) {
      throw WasmException.invalid(offset, what, "none", "at least one");
    }
  }
}
