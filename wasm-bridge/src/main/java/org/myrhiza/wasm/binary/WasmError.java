// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.binary;

/**
 * Why WebAssembly bytes were not taken: a closed set, named after the phase that failed.
 *
 * <p>Offsets are byte positions in the whole input that was given to the outermost decoder, so that
 * an error inside a core module that lies inside a component points into the component.
 */
public sealed interface WasmError {
  /** One sentence: what was wrong, the value seen and what was allowed. */
  String message();

  /**
   * The bytes are not in the binary format.
   *
   * @param offset where
   * @param what the thing that was being read
   * @param seen the value seen
   * @param allowed what would have been right
   */
  record Malformed(int offset, String what, String seen, String allowed) implements WasmError {
    @Override
    public String message() {
      return Sentences.compose("malformed", what, seen, allowed, offset);
    }
  }

  /**
   * Well-formed bytes break a validation rule.
   *
   * @param offset where
   * @param what the thing that is wrong
   * @param seen the value seen
   * @param allowed what would have been right
   */
  record Invalid(int offset, String what, String seen, String allowed) implements WasmError {
    @Override
    public String message() {
      return Sentences.compose("invalid", what, seen, allowed, offset);
    }
  }

  /**
   * An import has nothing to be linked to, or something of another type, or may not have it.
   *
   * @param module the import's module name; empty for a component's import
   * @param name the import's name
   * @param what the kind of thing that does not fit
   * @param seen what there was
   * @param allowed what was wanted
   */
  record Unlinkable(String module, String name, String what, String seen, String allowed)
      implements WasmError {
    @Override
    public String message() {
      String full = module.isEmpty() ? name : module + " " + name;
      return "unlinkable import " + full + ": " + what + ": " + seen + "; allowed: " + allowed;
    }
  }

  /**
   * A named feature that the bridge does not have.
   *
   * @param feature the feature's name, from a closed list
   * @param offset where it is first used
   */
  record Unsupported(String feature, int offset) implements WasmError {
    @Override
    public String message() {
      return "unsupported feature " + feature + " at offset " + offset;
    }
  }

  /**
   * A limit or the policy of a feature set was passed.
   *
   * @param offset where
   * @param what the limit, or the feature that the set excludes
   * @param seen the value, or the instruction, seen
   * @param allowed what is allowed
   */
  record Refused(int offset, String what, String seen, String allowed) implements WasmError {
    @Override
    public String message() {
      return Sentences.compose("refused", what, seen, allowed, offset);
    }
  }
}
