// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.component;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.myrhiza.wasm.binary.WasmException;
import org.myrhiza.wasm.component.DefinedType.ExternType;

/**
 * What a component, component type or instance type has imported and exported so far, with the
 * rules that names and visibility put on both.
 */
final class Surface {
  private final Work work;
  private final Kind kind;
  private final Side imports;
  private final Side exports;
  private final List<ResourceType> imported = new ArrayList<>();
  private final List<ResourceType> fresh = new ArrayList<>();

  /** Which rules hold. */
  enum Kind {
    /** Of a component or component type: what they refer to must have names. */
    COMPONENT,
    /** Of an instance type: looked at where it is imported or exported. */
    INSTANCE_TYPE,
    /** Of an instance made of exports: gives no names. */
    SYNTHESIZED
  }

  /** Imports or exports. */
  private static final class Side {
    final String verb;
    final Visibility.Named named;
    final Map<String, ExternType> types = new LinkedHashMap<>();
    final TreeMap<String, String> keys = new TreeMap<>();
    final ResourceNames resources = new ResourceNames();

    Side(String verb, Visibility.Named named) {
      this.verb = verb;
      this.named = named;
    }
  }

  Surface(Work work, Kind kind) {
    this.work = work;
    this.kind = kind;
    Visibility.Named byImports = new Visibility.Named(null);
    this.imports = new Side("import", byImports);
    // What was imported may be exported again; not the other way round.
    this.exports = new Side("export", new Visibility.Named(byImports));
  }

  void importing(Definition.Name name, TypeScope.Declared declared, int offset)
      throws WasmException {
    imported.addAll(declared.introduced());
    register(imports, name, declared.type(), offset);
  }

  void exporting(Definition.Name name, TypeScope.Declared declared, int offset)
      throws WasmException {
    fresh.addAll(declared.introduced());
    register(exports, name, declared.type(), offset);
  }

  private void register(Side side, Definition.Name name, ExternType type, int offset)
      throws WasmException {
    if (type.depth() > Limits.TYPE_DEPTH) {
      throw WasmException.refused(
          offset, "nesting of " + name, "deeper", "at most " + Limits.TYPE_DEPTH);
    }
    Names.Parsed parsed = Names.parse(name.text(), offset);
    if (parsed.kind() == Names.Kind.DEPENDENCY && side == exports) {
      throw WasmException.invalid(offset, "export name " + name, "a dependency", "a plain name");
    }
    String before = side.keys.put(parsed.key(), name.text());
    if (before != null) {
      throw WasmException.invalid(
          offset, side.verb + " name " + name, "too much like " + before, "a name of its own");
    }
    checkImplements(name, parsed, type, offset);
    if (type instanceof ExternType.Type t
        && t.type() instanceof DefinedType.Resource r
        && parsed.kind() == Names.Kind.PLAIN
        && kind != Kind.SYNTHESIZED) {
      side.resources.add(r.mark(), name.text());
    }
    if (parsed.annotated()) {
      side.resources.check(parsed, type, offset);
    }
    boolean shown = kind == Kind.COMPONENT;
    if (shown && !new Visibility(work, offset, side.named).admit(type)) {
      throw WasmException.invalid(
          offset,
          side.verb + " of " + name,
          Shown.sort(type) + " that refers to a type without a name",
          "types that were " + side.verb + "ed before");
    }
    side.types.put(name.text(), type);
  }

  static void checkImplements(
      Definition.Name name, Names.Parsed parsed, ExternType type, int offset) throws WasmException {
    String implemented = name.implemented();
    if (implemented == null) {
      return;
    }
    String wrong = Names.interfaceFault(implemented);
    if (wrong != null) {
      throw WasmException.invalid(
          offset, "implements " + implemented, wrong, "namespace:package/interface");
    }
    if (!(type instanceof ExternType.Instance) || parsed.kind() != Names.Kind.PLAIN) {
      throw WasmException.invalid(
          offset,
          "implements on " + name,
          Shown.sort(type) + " of that name",
          "an instance with a plain name");
    }
  }

  DefinedType.InstanceType instanceType() {
    return new DefinedType.InstanceType(exports.types, fresh);
  }

  DefinedType.ComponentType componentType() {
    return new DefinedType.ComponentType(imports.types, exports.types, imported, fresh);
  }

  /**
   * The type of a component: every resource type of its exports that no import brought is its own.
   */
  DefinedType.ComponentType ownComponentType(int offset) throws WasmException {
    FreeResources free = new FreeResources(work, offset);
    free.bind(imported);
    free.externs(exports.types);
    return new DefinedType.ComponentType(imports.types, exports.types, imported, free.found());
  }
}
