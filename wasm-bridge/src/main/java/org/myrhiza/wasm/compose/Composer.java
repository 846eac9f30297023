// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.compose;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.myrhiza.wasm.binary.WasmError;
import org.myrhiza.wasm.binary.WasmException;
import org.myrhiza.wasm.binary.WasmResult;
import org.myrhiza.wasm.component.ComponentDecoder;
import org.myrhiza.wasm.component.ComponentValidator;
import org.myrhiza.wasm.component.DefinedType.ExternType;
import org.myrhiza.wasm.component.Definition;
import org.myrhiza.wasm.component.ValidComponent;
import org.myrhiza.wasm.component.Work;
import org.myrhiza.wasm.core.FeatureSet;

/**
 * Links components that were loaded apart. What comes out is a component that nests them, so that
 * everything which holds for one component tree holds for it: types are checked, resources keep
 * their identity, there is one account, one image and one numbering of callers.
 *
 * <p>Each import of a part is served by the one earlier part that exports its name; what none
 * exports stays an import, one for all parts that want it. The last part's exports are those of the
 * whole; before them stand the instances of other parts whose types these refer to.
 */
public final class Composer {
  /** How the validator begins a path into an argument of an instantiation. */
  private static final String ARGUMENT = "argument/";

  private final FeatureSet set;
  private final Work work = new Work();
  private final Steps steps = new Steps();
  private final List<Part> parts = new ArrayList<>();

  /**
   * Creates one without parts.
   *
   * @param set what core modules of the parts may use
   */
  public Composer(FeatureSet set) {
    this.set = set;
  }

  /**
   * Adds a part, which may be served by those before it.
   *
   * @param name what errors call it; for people, no part of any bytes
   * @param bytes the component in binary form; copied
   * @return empty, or why it is not taken, with offsets that count from its own start
   */
  public Optional<WasmError> add(String name, byte[] bytes) {
    byte[] copy = bytes.clone();
    WasmResult<ValidComponent> valid =
        WasmResult.of(() -> {
          if (parts.size() >= Limits.PARTS) {
            throw WasmException.refused(
                0, "components that are linked", "more", "at most " + Limits.PARTS);
          }
          return ComponentValidator.validate(copy, set, work).orThrow();
        });
    return switch (valid) {
      case WasmResult.Failed<ValidComponent>(WasmError error) -> Optional.of(error);
      case WasmResult.Ok<ValidComponent>(ValidComponent component) -> {
        parts.add(new Part(parts.size(), name, copy, component.type()));
        yield Optional.empty();
      }
    };
  }

  /**
   * Links the parts.
   *
   * @return the component that nests them; or {@code Unlinkable} with the names of part and import
   *     where types do not fit, or where two parts export what a third one wants; or a limit, with
   *     an offset in what would have come out
   */
  public WasmResult<Composed> compose() {
    return WasmResult.of(() -> {
      if (parts.isEmpty()) {
        throw WasmException.refused(0, "components that are linked", "none", "at least one");
      }
      return composed();
    });
  }

  private Composed composed() throws WasmException {
    List<Link> links = links();
    Outer outer = new Outer(steps);
    HostImports host = new HostImports(outer, steps);
    for (Part part : parts) {
      for (Map.Entry<String, ExternType> each : part.imports().entrySet()) {
        if (!part.links().containsKey(each.getKey())) {
          host.add(part, each.getKey(), each.getValue());
        }
      }
    }
    host.write();
    int[] instances = new int[parts.size()];
    for (Part part : parts) {
      int component = outer.nested(part.bytes());
      instances[part.number()] =
          outer.instantiate(component, arguments(part, host, outer, instances));
    }
    new Exports(outer, steps, instances, parts.getLast()).write();
    byte[] bytes = outer.toByteArray();
    return switch (ComponentValidator.validate(bytes, set)) {
      case WasmResult.Ok<ValidComponent>(ValidComponent valid) -> new Composed(bytes, valid, links);
      case WasmResult.Failed<ValidComponent>(WasmError error) -> throw explained(error, bytes);
    };
  }

  private List<Link> links() throws WasmException {
    List<Link> links = new ArrayList<>();
    Map<String, List<Part>> exporters = new TreeMap<>();
    for (Part part : parts) {
      for (String name : part.imports().keySet()) {
        List<Part> found = exporters.getOrDefault(name, List.of());
        if (found.size() > 1) {
          throw WasmException.unlinkable(
              part.name(), name, "exports of other components", named(found), "one that has it");
        }
        if (!found.isEmpty()) {
          part.links().put(name, found.getFirst());
          links.add(new Link(part.number(), name, found.getFirst().number()));
        }
      }
      for (String name : part.exports().keySet()) {
        exporters.computeIfAbsent(name, n -> new ArrayList<>()).add(part);
      }
    }
    return links;
  }

  private static String named(List<Part> parts) {
    return String.join(" and ", parts.stream().map(Part::name).toList());
  }

  private static List<Outer.Argument> arguments(
      Part part, HostImports host, Outer outer, int[] instances) {
    List<Outer.Argument> out = new ArrayList<>();
    for (Map.Entry<String, ExternType> each : part.imports().entrySet()) {
      String name = each.getKey();
      Part from = part.links().get(name);
      if (from == null) {
        out.add(new Outer.Argument(name, each.getValue(), host.index(name)));
      } else {
        ExternType given = from.export(name);
        int index = outer.exported(instances[from.number()], name, given);
        out.add(new Outer.Argument(name, given, index));
      }
    }
    return out;
  }

  /** What was wrong with the component around all, in terms of the parts. */
  private WasmException explained(WasmError error, byte[] bytes) throws WasmException {
    if (!(error instanceof WasmError.Invalid invalid)) {
      return new WasmException(error);
    }
    int instance = 0;
    for (Definition each : ComponentDecoder.decode(bytes).orThrow().definitions()) {
      boolean here = each.offset() == invalid.offset();
      if (here && each instanceof Definition.Instantiate) {
        return unlinkable(parts.get(instance).name(), invalid, imported(invalid.what()));
      } else if (here && each instanceof Definition.Export export) {
        return unlinkable(parts.getLast().name(), invalid, export.name().text());
      } else if (here && each instanceof Definition.Import wanted) {
        return unlinkable(importer(wanted.name().text()), invalid, wanted.name().text());
      }
      instance += each instanceof Definition.Instantiate ? 1 : 0;
    }
    return new WasmException(error);
  }

  private static WasmException unlinkable(String part, WasmError.Invalid error, String name) {
    return WasmException.unlinkable(part, name, "types", error.seen(), error.allowed());
  }

  private static String imported(String what) {
    return what.startsWith(ARGUMENT) ? what.substring(ARGUMENT.length()) : what;
  }

  private String importer(String name) {
    for (Part part : parts) {
      if (part.imports().containsKey(name)) {
        return part.name();
      }
    }
    return "";
  }
}
