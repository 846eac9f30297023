// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.component;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.binary.WasmException;
import org.myrhiza.wasm.binary.WasmResult;
import org.myrhiza.wasm.component.DefinedType.ExternType;
import org.myrhiza.wasm.core.CoreFeature;
import org.myrhiza.wasm.core.CoreModule;
import org.myrhiza.wasm.core.CoreModules;
import org.myrhiza.wasm.core.FeatureSet;

/**
 * Validates components: every definition against the index spaces before it, nested components
 * whether anything instantiates them or not (Explainer.md; Binary.md).
 *
 * <p>A component is looked at once, with resource types standing for whatever its imports will
 * bring. Instantiating puts what is given in their place and makes every resource type that the
 * component's instance has of its own anew.
 */
public final class ComponentValidator {
  private final byte[] bytes;
  private final FeatureSet set;
  private final Work work;
  private final Map<Integer, CoreModule> modules = new TreeMap<>();

  private ComponentValidator(byte[] bytes, FeatureSet set, Work work) {
    this.bytes = bytes;
    this.set = set;
    this.work = work;
  }

  /**
   * Decodes and validates a component with all that is nested in it.
   *
   * @param bytes the whole binary; not changed, and kept by the core modules of the result
   * @param set what its core modules may use
   * @return the component, or why not
   */
  public static WasmResult<ValidComponent> validate(byte[] bytes, FeatureSet set) {
    return validate(bytes, set, new Work());
  }

  /**
   * The same for one of several components that are to be compared.
   *
   * @param bytes the whole binary; not changed, and kept by the core modules of the result
   * @param set what its core modules may use
   * @param work counts and numbers: no type of components that share it has another one's number
   * @return the component, or why not
   */
  public static WasmResult<ValidComponent> validate(byte[] bytes, FeatureSet set, Work work) {
    return WasmResult.of(() -> {
      Component component = ComponentDecoder.decode(bytes).orThrow();
      ComponentValidator validator = new ComponentValidator(bytes, set, work);
      DefinedType.ComponentType type = validator.component(component, null);
      return new ValidComponent(component, type, validator.modules);
    });
  }

  private DefinedType.ComponentType component(Component component, @Nullable ComponentScope outer)
      throws WasmException {
    TypeScope types =
        outer == null ? TypeScope.root(work) : outer.types.inside(TypeScope.Kind.COMPONENT);
    ComponentScope scope = new ComponentScope(outer, types, work);
    CoreDefinitions core = new CoreDefinitions(scope, work);
    for (Definition definition : component.definitions()) {
      work.step(definition.offset());
      switch (definition) {
        case Definition.CoreModule d -> scope.coreModules.add(module(d));
        case Definition.CoreInstantiate d -> core.instantiate(d);
        case Definition.CoreExports d -> {
          checkTags(d.exports().stream().anyMatch(i -> i.sort() == Sort.CORE_TAG), d.offset());
          core.exports(d);
        }
        case Definition.AliasCoreExport d -> {
          checkTags(d.sort() == Sort.CORE_TAG, d.offset() + 1);
          core.alias(d);
        }
        case Definition.OfCoreType d -> types.add(types.resolve(d.expression(), d.offset()));
        case Definition.Nested d -> scope.components.add(component(d.component(), scope));
        case Definition.Instantiate d -> instantiate(scope, d);
        case Definition.Exports d -> types.add(synthesized(scope, d), d.offset());
        case Definition.AliasExport d -> scope.add(aliased(scope, d), d.offset());
        case Definition.AliasOuter d -> outer(scope, d);
        case Definition.Type d -> type(scope, core, d);
        case Definition.Lift d -> scope.functions.add(core.lift(d));
        case Definition.Lower d -> core.lower(d);
        case Definition.ResourceNew d -> core.resourceNew(d);
        case Definition.ResourceDrop d -> core.resourceDrop(d);
        case Definition.ResourceRep d -> core.resourceRep(d);
        case Definition.Import d -> {
          TypeScope.Declared declared = types.declared(d.type(), d.offset());
          scope.surface.importing(d.name(), declared, d.offset());
          scope.add(declared.type(), d.offset());
        }
        case Definition.Export d -> export(scope, d);
        case Definition.ExportDeclaration d ->
            throw WasmException.malformed(d.offset(), "definition", "a declaration", "none here");
      }
    }
    return scope.surface.ownComponentType(component.offset());
  }

  private void checkTags(boolean named, int offset) throws WasmException {
    if (named && set != FeatureSet.BRIDGE) {
      throw CoreFeature.EXCEPTIONS.at(offset);
    }
  }

  private ModuleType module(Definition.CoreModule d) throws WasmException {
    CoreModule module = CoreModules.decode(bytes, d.offset(), d.end(), set).orThrow();
    modules.put(d.offset(), module);
    ModuleType type = ModuleType.of(module);
    if (type.imports().size() != module.imports().size()) {
      throw WasmException.invalid(
          d.offset(), "imports of a core module", "one name twice", "each name once");
    }
    return type;
  }

  private static void type(ComponentScope scope, CoreDefinitions core, Definition.Type d)
      throws WasmException {
    DefinedType type = scope.types.resolve(d.expression(), d.offset());
    if (type instanceof DefinedType.Resource r
        && d.expression() instanceof TypeExpression.OfResource resource) {
      core.destructor(resource.destructor(), d.offset());
      scope.local.add(r.type().id());
    }
    scope.types.add(type);
  }

  private void instantiate(ComponentScope scope, Definition.Instantiate d) throws WasmException {
    DefinedType.ComponentType type =
        TypeScope.at(scope.components, "component", d.component(), d.offset());
    Map<String, ExternType> arguments = new LinkedHashMap<>();
    for (Definition.Item item : d.arguments()) {
      ExternType given = scope.entity(item.sort(), item.index(), d.offset());
      if (arguments.put(item.name().text(), given) != null) {
        throw WasmException.invalid(d.offset(), "argument " + item.name(), "given twice", "once");
      }
    }
    Subtyping subtyping = new Subtyping(work, d.offset(), type.imported());
    subtyping.requireAll("argument", arguments, type.imports());
    Substitution meaning = subtyping.closed();
    meaning.refresh(type.fresh());
    Map<String, ExternType> exports = meaning.externs(type.exports());
    scope.types.add(new DefinedType.InstanceType(exports, List.of()), d.offset());
  }

  private DefinedType.InstanceType synthesized(ComponentScope scope, Definition.Exports d)
      throws WasmException {
    Surface surface = new Surface(work, Surface.Kind.SYNTHESIZED);
    for (Definition.Item item : d.exports()) {
      ExternType type = scope.entity(item.sort(), item.index(), d.offset());
      surface.exporting(item.name(), new TypeScope.Declared(type, List.of()), d.offset());
    }
    return surface.instanceType();
  }

  private static ExternType aliased(ComponentScope scope, Definition.AliasExport d)
      throws WasmException {
    ExternType found = scope.types.instance(d.instance(), d.offset()).exports().get(d.name());
    boolean fits =
        switch (d.sort()) {
          case FUNC -> found instanceof ExternType.Function;
          case TYPE -> found instanceof ExternType.Type;
          case INSTANCE -> found instanceof ExternType.Instance;
          case COMPONENT -> found instanceof ExternType.OfComponent;
          case CORE_MODULE -> found instanceof ExternType.OfModule;
          case CORE_FUNC,
              CORE_TABLE,
              CORE_MEMORY,
              CORE_GLOBAL,
              CORE_TAG,
              CORE_TYPE,
              CORE_INSTANCE ->
              false;
        };
    if (found == null || !fits) {
      String seen = found == null ? "nothing" : Shown.sort(found);
      throw WasmException.invalid(d.offset(), "alias of " + d.name(), seen, d.sort().text());
    }
    return found;
  }

  private static void outer(ComponentScope scope, Definition.AliasOuter d) throws WasmException {
    switch (d.sort()) {
      case TYPE -> scope.types.add(scope.types.outer(d.count(), d.index(), d.offset()));
      case CORE_TYPE -> scope.types.add(scope.types.outerCore(d.count(), d.index(), d.offset()));
      case COMPONENT -> {
        ComponentScope out = scope.out(d.count(), d.offset());
        scope.components.add(TypeScope.at(out.components, "component", d.index(), d.offset()));
      }
      case CORE_MODULE -> {
        ComponentScope out = scope.out(d.count(), d.offset());
        scope.coreModules.add(TypeScope.at(out.coreModules, "core module", d.index(), d.offset()));
      }
      case FUNC,
          INSTANCE,
          CORE_FUNC,
          CORE_TABLE,
          CORE_MEMORY,
          CORE_GLOBAL,
          CORE_TAG,
          CORE_INSTANCE ->
          throw WasmException.invalid(
              d.offset(), "outer alias", d.sort().text(), "a type, component or core module");
    }
  }

  private void export(ComponentScope scope, Definition.Export d) throws WasmException {
    ExternType given = scope.entity(d.sort(), d.index(), d.offset());
    TypeScope.Declared shown;
    if (d.type() == null) {
      ExternType named =
          given instanceof ExternType.Type t
              ? new ExternType.Type(Visibility.renamed(t.type(), work))
              : given;
      shown = new TypeScope.Declared(named, List.of());
    } else {
      shown = scope.types.declared(d.type(), d.offset());
      new Subtyping(work, d.offset(), shown.introduced())
          .require("export " + d.name(), given, shown.type());
    }
    scope.surface.exporting(d.name(), shown, d.offset());
    scope.add(shown.type(), d.offset());
  }
}
