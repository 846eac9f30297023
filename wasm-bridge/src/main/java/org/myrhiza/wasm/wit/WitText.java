// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.wit;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.component.DefinedType;
import org.myrhiza.wasm.component.DefinedType.ExternType;
import org.myrhiza.wasm.component.FunctionType;
import org.myrhiza.wasm.component.ValueType;

/**
 * What a component imports and exports, as a world in the manner of WIT. It is for reading: a
 * binary hardly says which interface a type was used from, so types are written where they stand,
 * and what WIT has no words for (exported types, components, core modules) is written alike.
 *
 * <p>The same type gives the same text, always and everywhere.
 */
public final class WitText {
  private static final String INDENT = "  ";
  private static final String CONSTRUCTOR = "[constructor]";
  private static final String METHOD = "[method]";
  private static final String STATIC = "[static]";
  private static final String CUT = "// cut off here: the text is too long\n";

  private final StringBuilder out = new StringBuilder();
  private boolean cut;

  private WitText() {}

  /**
   * Writes a component's type.
   *
   * @param type what it imports and exports
   * @return lines, the last one with its line end
   */
  public static String of(DefinedType.ComponentType type) {
    WitText text = new WitText();
    text.world("world root", type, 0);
    return text.cut ? text.out + CUT : text.out.toString();
  }

  private void world(String head, DefinedType.ComponentType type, int depth) {
    line(depth, head + " {");
    WitNames imported = new WitNames(null);
    items("import ", type.imports(), imported, depth + 1);
    if (!type.imports().isEmpty() && !type.exports().isEmpty()) {
      out.append('\n');
    }
    items("export ", type.exports(), new WitNames(imported), depth + 1);
    line(depth, "}");
  }

  private void line(int depth, String text) {
    if (out.length() > Limits.TEXT_CHARS) {
      cut = true;
      return;
    }
    out.append(INDENT.repeat(depth)).append(text).append('\n');
  }

  /** {@code verb}: import, export or nothing, with its space. */
  private void items(String verb, Map<String, ExternType> items, WitNames names, int depth) {
    for (Map.Entry<String, ExternType> each : items.entrySet()) {
      if (each.getValue() instanceof ExternType.Type t) {
        names.add(each.getKey(), t.type());
      }
    }
    for (Map.Entry<String, ExternType> each : items.entrySet()) {
      if (cut) {
        return;
      }
      int start = out.length();
      item(verb, each.getKey(), each.getValue(), new Scope(items, names), depth);
      StringBuilder uses = new StringBuilder();
      names.takeUses().forEach(use -> uses.append(INDENT.repeat(depth)).append(use).append('\n'));
      out.insert(start, uses);
    }
  }

  private void item(String verb, String name, ExternType type, Scope scope, int depth) {
    WitNames names = scope.names();
    switch (type) {
      case ExternType.Function f -> {
        if (!name.startsWith("[")) {
          line(depth, verb + label(name) + ": func" + signature(f.type(), names) + ";");
        }
      }
      case ExternType.Type t -> type(verb, name, t.type(), scope, depth);
      case ExternType.Instance i -> {
        line(depth, verb + label(name) + ": interface {");
        WitNames inside = new WitNames(names);
        items("", i.type().exports(), inside, depth + 1);
        inside.publish(name);
        line(depth, "}");
      }
      case ExternType.OfComponent c -> world(verb + label(name) + ": component", c.type(), depth);
      case ExternType.OfModule m -> line(depth, verb + label(name) + ": core module;");
    }
  }

  /** The items among which a type stands, and the names that there are. */
  private record Scope(Map<String, ExternType> items, WitNames names) {}

  private static String label(String name) {
    return WitTypes.id(name);
  }

  private static String signature(FunctionType type, WitNames names) {
    return WitTypes.signature(type, 0, names);
  }

  private void type(String verb, String name, DefinedType type, Scope scope, int depth) {
    // In WIT a world's own types are imports without a word for it.
    String shown = verb.startsWith("import") ? "" : verb;
    switch (type) {
      case DefinedType.Value v -> value(shown, name, v.type(), scope.names(), depth);
      case DefinedType.Resource r -> {
        String known = scope.names().before(name, r.mark());
        String use = scope.names().use(name, r.type());
        if (use != null) {
          line(depth, use);
        } else if (known == null) {
          resource(shown, name, scope, depth);
        } else {
          line(depth, shown + "type " + label(name) + " = " + label(known) + ";");
        }
      }
      case FunctionType f ->
          line(
              depth, shown + "type " + label(name) + " = func" + signature(f, scope.names()) + ";");
      case DefinedType.InstanceType i ->
          line(depth, shown + "type " + label(name) + " = interface;");
      case DefinedType.ComponentType c ->
          line(depth, shown + "type " + label(name) + " = component;");
    }
  }

  private void value(String verb, String name, ValueType type, WitNames names, int depth) {
    String keyword = WitTypes.keyword(type);
    String known = names.before(name, WitNames.mark(type));
    if (keyword == null || known != null) {
      String meaning = known == null ? WitTypes.use(type, names) : label(known);
      line(depth, verb + "type " + label(name) + " = " + meaning + ";");
      return;
    }
    line(depth, verb + keyword + " " + label(name) + " {");
    for (String member : WitTypes.members(type, names)) {
      line(depth + 1, member + ",");
    }
    line(depth, "}");
  }

  /** A resource type with the functions that their names give it. */
  private void resource(String verb, String name, Scope scope, int depth) {
    String head = verb + "resource " + label(name);
    boolean open = false;
    for (Map.Entry<String, ExternType> each : scope.items().entrySet()) {
      String member = member(each.getKey(), name);
      if (member != null && each.getValue() instanceof ExternType.Function f) {
        if (!open) {
          line(depth, head + " {");
        }
        open = true;
        line(depth + 1, function(each.getKey(), member, f.type(), scope.names()));
      }
    }
    line(depth, open ? "}" : head + ";");
  }

  /**
   * What a function is called inside a resource; empty for its constructor, null when not in it.
   */
  private static @Nullable String member(String function, String resource) {
    if (function.equals(CONSTRUCTOR + resource)) {
      return "";
    }
    for (String start : new String[] {METHOD, STATIC}) {
      if (function.startsWith(start + resource + ".")) {
        return function.substring(start.length() + resource.length() + 1);
      }
    }
    return null;
  }

  private static String function(String full, String member, FunctionType type, WitNames names) {
    if (full.startsWith(CONSTRUCTOR)) {
      boolean fails = type.result() instanceof ValueType.ResultOf;
      return "constructor"
          + (fails ? signature(type, names) : WitTypes.parameters(type, 0, names))
          + ";";
    }
    return full.startsWith(METHOD)
        ? label(member) + ": func" + WitTypes.signature(type, 1, names) + ";"
        : label(member) + ": static func" + signature(type, names) + ";";
  }
}
