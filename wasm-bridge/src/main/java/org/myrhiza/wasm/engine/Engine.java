// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.engine;

import java.util.List;

/**
 * A WebAssembly engine, used by one thread.
 *
 * <p>How code gets prepared (compiled) is not part of this port: the platform does it, perhaps
 * asynchronously, and keeps the result under its {@link ModuleHash}. Engines check nothing that the
 * validator has checked, but must never let a failure of theirs look like a guest's: see {@link
 * CallOutcome}.
 */
public interface Engine {
  /** The engine's name for reports: {@code chicory-compiled}, {@code browser}, … */
  String name();

  /** Whether code of this hash can be instantiated now. */
  boolean isPrepared(ModuleHash code);

  /**
   * How often code that was prepared has been replaced by a faster form of it. An instance stays
   * what it is; whoever sees this change may make its instances anew.
   */
  default int edition() {
    return 0;
  }

  /**
   * Instantiates prepared code: links the imports, applies segments, runs the start function.
   *
   * @param code the code's hash
   * @param imports what the module imports, each (module, name) once, in any order; more than
   *     needed is an error of the caller
   * @return the instance, or how it failed; {@link Instantiation.Failed} when not prepared
   */
  Instantiation instantiate(ModuleHash code, List<CoreImport> imports);

  /** A core function that runs host code; it may be imported by any number of instances. */
  CoreFunction hostFunction(CoreSignature signature, HostFunction body);

  /**
   * A fresh mutable global that belongs to the host and that instances may import.
   *
   * @param kind its type
   * @param initial its first value, as {@link ValueKind} says
   */
  CoreGlobal hostGlobal(ValueKind kind, long initial);
}
