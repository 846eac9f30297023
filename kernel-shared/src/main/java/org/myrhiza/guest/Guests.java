// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.guest;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.myrhiza.capability.ImportCheck;
import org.myrhiza.capability.ImportVerdict;
import org.myrhiza.capability.Profile;
import org.myrhiza.wasm.binary.WasmError;
import org.myrhiza.wasm.binary.WasmResult;
import org.myrhiza.wasm.component.FunctionType;
import org.myrhiza.wasm.core.FeatureSet;
import org.myrhiza.wasm.link.Blueprint;
import org.myrhiza.wasm.link.ExportedFunction;
import org.myrhiza.wasm.link.ImportedFunction;
import org.myrhiza.wasm.link.Linker;

/**
 * Decides whether components may run: bytes, deterministic set, imports against profile and
 * manifest, imports and exports against the types of {@code wit/}. Pure; no engine is involved, so
 * every peer decides alike.
 */
public final class Guests {
  private Guests() {}

  /**
   * Checks, rewrites and links.
   *
   * @param components at most one for each profile
   * @return what runs them, or the first thing in the way
   */
  public static Admission admit(List<ProfileComponent> components) {
    TreeMap<Profile, Blueprint> blueprints = new TreeMap<>();
    for (ProfileComponent c : components) {
      switch (Linker.link(c.component().toArray(), features(c.profile()))) {
        case WasmResult.Failed<Blueprint> f -> {
          return refused(c, what(f.error()), f.error().message());
        }
        case WasmResult.Ok<Blueprint> ok -> {
          Admission.Refused refused = contradiction(c, ok.value());
          if (refused != null) {
            return refused;
          }
          if (blueprints.put(c.profile(), ok.value()) != null) {
            return refused(c, "profile " + c.profile().text(), "given twice, allowed: once");
          }
        }
      }
    }
    return new Admission.Admitted(new Program(blueprints));
  }

  /** What core modules of a profile may use. */
  public static FeatureSet features(Profile profile) {
    return profile == Profile.STATE_APPLY ? FeatureSet.DETERMINISTIC : FeatureSet.INTERACTIVE;
  }

  private static Admission.@Nullable Refused contradiction(ProfileComponent c, Blueprint b) {
    if (ImportCheck.check(c.path(), c.profile(), c.imports(), b.imports())
        instanceof ImportVerdict.Unlinkable u) {
      return refused(c, "import " + u.importName(), u.message());
    }
    for (ImportedFunction f : b.functions()) {
      String name = f.instance().isEmpty() ? f.name() : f.instance() + "#" + f.name();
      FunctionType known = Wit.imported(f.instance(), f.name());
      if (known == null) {
        return refused(c, "import " + name, "no such function is offered");
      }
      if (!known.equals(f.type())) {
        return refused(c, "import " + name, "its type is not the one of the contract");
      }
    }
    for (Map.Entry<String, FunctionType> e : Wit.exports(c.profile()).entrySet()) {
      ExportedFunction f = b.export(e.getKey());
      if (f == null) {
        return refused(c, "export " + e.getKey(), "missing, but the profile's world has it");
      }
      if (!f.type().equals(e.getValue())) {
        return refused(c, "export " + e.getKey(), "its type is not the one of the contract");
      }
    }
    return null;
  }

  private static String what(WasmError error) {
    return switch (error) {
      case WasmError.Malformed m -> m.what();
      case WasmError.Invalid i -> i.what();
      case WasmError.Unlinkable u -> u.what();
      case WasmError.Unsupported u -> u.feature();
      case WasmError.Refused r -> r.what();
    };
  }

  private static Admission.Refused refused(ProfileComponent c, String what, String reason) {
    return new Admission.Refused(c.path(), c.profile().text(), what, reason);
  }
}
