// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.wit;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.myrhiza.wasm.component.DefinedType;
import org.myrhiza.wasm.component.ResourceType;
import org.myrhiza.wasm.component.ValueType;

/**
 * Which types have names in one scope and those around it, by the marks that names give; and in
 * interfaces before it, from where they can be used.
 */
final class WitNames {
  private final @Nullable WitNames around;
  private final TreeMap<Integer, String> byMark = new TreeMap<>();
  private final TreeMap<Integer, String> byResource = new TreeMap<>();
  private final TreeSet<String> taken = new TreeSet<>();
  private final List<String> uses = new ArrayList<>();
  private final TreeMap<Integer, Place> marksElsewhere;
  private final TreeMap<Integer, Place> resourcesElsewhere;

  /** A type of an interface. */
  private record Place(String home, String name) {
    String use(String as) {
      String alias = as.equals(name) ? "" : " as " + WitTypes.id(as);
      return "use " + home + ".{" + WitTypes.id(name) + alias + "};";
    }
  }

  WitNames(@Nullable WitNames around) {
    this.around = around;
    this.marksElsewhere = around == null ? new TreeMap<>() : around.marksElsewhere;
    this.resourcesElsewhere = around == null ? new TreeMap<>() : around.resourcesElsewhere;
  }

  /** Gives a type a name; the first one that it gets stays. */
  void add(String name, DefinedType type) {
    taken.add(name);
    switch (type) {
      case DefinedType.Value v -> {
        int mark = mark(v.type());
        if (mark != ValueType.UNMARKED) {
          byMark.putIfAbsent(mark, name);
        }
      }
      case DefinedType.Resource r -> {
        byMark.putIfAbsent(r.mark(), name);
        byResource.putIfAbsent(r.type().id(), name);
      }
      case DefinedType other -> {}
    }
  }

  /** Lets later interfaces use what has a name here. */
  void publish(String home) {
    byMark.forEach((mark, name) -> marksElsewhere.putIfAbsent(mark, new Place(home, name)));
    byResource.forEach((id, name) -> resourcesElsewhere.putIfAbsent(id, new Place(home, name)));
  }

  /** The lines that names from elsewhere took since the last time. */
  List<String> takeUses() {
    List<String> lines = List.copyOf(uses);
    uses.clear();
    return lines;
  }

  private @Nullable String visible(int mark) {
    String found = mark == ValueType.UNMARKED ? null : byMark.get(mark);
    return found == null && around != null ? around.visible(mark) : found;
  }

  /** The name that a type got by its mark, or null; one from elsewhere is used from now on. */
  @Nullable String of(int mark) {
    String found = visible(mark);
    Place place = marksElsewhere.get(mark);
    if (found == null && place != null && taken.add(place.name())) {
      byMark.put(mark, place.name());
      uses.add(place.use(place.name()));
      return place.name();
    }
    return found;
  }

  /** Another name than this one under which a type was defined before, or null. */
  @Nullable String before(String name, int mark) {
    String outside = around == null ? null : around.visible(mark);
    String known = outside == null ? visible(mark) : outside;
    return name.equals(known) ? null : known;
  }

  /** The line that brings a resource type of another interface, or null. */
  @Nullable String use(String name, ResourceType type) {
    Place place = resourcesElsewhere.get(type.id());
    return place == null ? null : place.use(name);
  }

  /** A resource type's name: by mark, else any that it has, else a stand-in. */
  String of(int mark, ResourceType type) {
    String found = of(mark);
    for (WitNames scope = this; found == null && scope != null; scope = scope.around) {
      found = scope.byResource.get(type.id());
    }
    return found == null ? "/* unnamed */ resource" : WitTypes.id(found);
  }

  /** The mark of types that are written by their names. */
  static int mark(ValueType type) {
    return switch (type) {
      case ValueType.RecordOf r -> r.mark();
      case ValueType.VariantOf v -> v.mark();
      case ValueType.EnumOf e -> e.mark();
      case ValueType.FlagsOf f -> f.mark();
      default -> ValueType.UNMARKED;
    };
  }
}
