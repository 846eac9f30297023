// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.component;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One definition of a component, or one declaration of an instance or component type. Indices are
 * as in the binary: unchecked, at most {@code 2^31 - 1}.
 */
public sealed interface Definition {
  /** Where it begins, in bytes from the start of the outermost component. */
  int offset();

  /** A core module: from {@code offset} to {@code end} of the outermost component's bytes. */
  record CoreModule(int offset, int end) implements Definition {}

  /** A core instance made by instantiating a core module with core instances as arguments. */
  record CoreInstantiate(int offset, int module, List<Item> arguments) implements Definition {}

  /** A core instance made of exports. */
  record CoreExports(int offset, List<Item> exports) implements Definition {}

  /** A nested component. */
  record Nested(int offset, Component component) implements Definition {}

  /** An instance made by instantiating a component. */
  record Instantiate(int offset, int component, List<Item> arguments) implements Definition {}

  /** An instance made of exports. */
  record Exports(int offset, List<Item> exports) implements Definition {}

  /** An alias of an instance's export. */
  record AliasExport(int offset, Sort sort, int instance, String name) implements Definition {}

  /** An alias of a core instance's export. */
  record AliasCoreExport(int offset, Sort sort, int instance, String name) implements Definition {}

  /** An alias of something in an enclosing scope; {@code count} scopes out, 0 being this one. */
  record AliasOuter(int offset, Sort sort, int count, int index) implements Definition {}

  /** A core type. */
  record OfCoreType(int offset, CoreTypeExpression expression) implements Definition {}

  /** A type. */
  record Type(int offset, TypeExpression expression) implements Definition {}

  /** {@code canon lift}: a component function from a core function. */
  record Lift(int offset, int coreFunction, CanonicalOptions options, int type)
      implements Definition {}

  /** {@code canon lower}: a core function from a component function. */
  record Lower(int offset, int function, CanonicalOptions options) implements Definition {}

  /** {@code canon resource.new}: a core function that makes a handle of a representation. */
  record ResourceNew(int offset, int type) implements Definition {}

  /** {@code canon resource.drop}: a core function that gives a handle up. */
  record ResourceDrop(int offset, int type) implements Definition {}

  /** {@code canon resource.rep}: a core function from a handle to its representation. */
  record ResourceRep(int offset, int type) implements Definition {}

  /** An import. */
  record Import(int offset, Name name, Extern type) implements Definition {}

  /** An export of a component; the type, where given, narrows what is exported. */
  record Export(int offset, Name name, Sort sort, int index, @Nullable Extern type)
      implements Definition {}

  /** An export declared by an instance or component type. */
  record ExportDeclaration(int offset, Name name, Extern type) implements Definition {}

  /** A named reference: an argument or an inline export. */
  record Item(Name name, Sort sort, int index) {}

  /**
   * The name of an import or export.
   *
   * @param text the name itself
   * @param implemented the interface that an attribute says an instance is of, or null
   */
  record Name(String text, @Nullable String implemented) {
    @Override
    public String toString() {
      return text;
    }
  }

  /** What an import or export is declared to be; indices are of the type index space. */
  sealed interface Extern {
    /** A function of the type at the index. */
    record Func(int type) implements Extern {}

    /** A type equal to the one at the index. */
    record TypeEqual(int type) implements Extern {}

    /** A resource type of its own. */
    record FreshResource() implements Extern {}

    /** A core module of the type at the index of the core type space. */
    record OfModule(int type) implements Extern {}

    /** A component of the type at the index. */
    record OfComponent(int type) implements Extern {}

    /** An instance of the type at the index. */
    record OfInstance(int type) implements Extern {}
  }
}
