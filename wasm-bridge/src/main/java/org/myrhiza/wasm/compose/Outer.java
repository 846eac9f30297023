// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.compose;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.myrhiza.wasm.binary.ByteWriter;
import org.myrhiza.wasm.binary.WasmException;
import org.myrhiza.wasm.component.DefinedType.ExternType;

/** The component around all parts while it is written: its sections and index spaces. */
final class Outer implements TypeSpace.Sink {
  private final Sections sections = new Sections();
  private final TypeSpace types;
  private final Map<String, Integer> aliases = new TreeMap<>();
  private int functions;
  private int instances;
  private int components;
  private int modules;

  Outer(Steps steps) {
    this.types = new TypeSpace(null, this, steps);
  }

  @Override
  public void type(ByteWriter body) {
    sections.item(Sections.TYPE, body);
  }

  @Override
  public void alias(ByteWriter body) {
    sections.item(Sections.ALIAS, body);
  }

  TypeSpace types() {
    return types;
  }

  /** Takes the next index of the type's sort; of types it is taken where they are named. */
  private int next(ExternType type) {
    return switch (type) {
      case ExternType.Function f -> functions++;
      case ExternType.Type t -> types.next();
      case ExternType.Instance i -> instances++;
      case ExternType.OfComponent c -> components++;
      case ExternType.OfModule m -> modules++;
    };
  }

  /** Imports from the host what serves all that is wanted; returns its index. */
  int importing(String name, List<ExternType> wanted) throws WasmException {
    ByteWriter bound = types.bound(wanted, instances);
    sections.item(Sections.IMPORT, Forms.named(name).append(bound));
    boolean taken = wanted.getFirst() instanceof ExternType.Type;
    return taken ? types.last() : next(wanted.getFirst());
  }

  /** Nests a component; returns its index. */
  int nested(byte[] component) {
    sections.nested(component);
    return components++;
  }

  /** One argument of an instantiation. */
  record Argument(String name, ExternType type, int index) {}

  /** Instantiates a component; returns the instance's index. */
  int instantiate(int component, List<Argument> arguments) {
    ByteWriter body = new ByteWriter().u8(0).u32(component).u32(arguments.size());
    for (Argument each : arguments) {
      body.name(each.name()).append(Forms.sort(each.type())).u32(each.index());
    }
    sections.item(Sections.INSTANCE, body);
    return instances++;
  }

  /** The index of what an instance exports. */
  int exported(int instance, String name, ExternType type) {
    return aliases.computeIfAbsent(
        instance + " " + name,
        _ -> {
          sections.item(Sections.ALIAS, Forms.alias(type, instance, name));
          return next(type);
        });
  }

  /** Exports what stands at an index, under the type that it has; returns the new index. */
  int exporting(String name, ExternType type, int index) {
    sections.item(Sections.EXPORT, Forms.named(name).append(Forms.sort(type)).u32(index).u8(0));
    int exported = next(type);
    name(type, exported);
    return exported;
  }

  /** Exports a function whose type's parts have other names outside; returns the new index. */
  int exportingAs(String name, ExternType.Function type, int index) throws WasmException {
    int outside = types.function(type.type());
    ByteWriter body = Forms.named(name).append(Forms.sort(type)).u32(index).u8(1);
    sections.item(Sections.EXPORT, body.append(Forms.functionBound(outside)));
    return next(type);
  }

  /** Says that the types which the given one names are to be had from this index of its sort. */
  void name(ExternType type, int index) {
    if (type instanceof ExternType.Type t) {
      types.name(t.type(), index);
    } else if (type instanceof ExternType.Instance i) {
      types.name(i.type(), index);
    }
  }

  byte[] toByteArray() {
    return sections.toByteArray();
  }
}
