// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browser.engine;

import org.myrhiza.browser.js.Done;
import org.myrhiza.browser.js.Told;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSBodyImport;
import org.teavm.jso.JSByRef;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;
import org.teavm.jso.typedarrays.Int8Array;

/** The functions of {@code engine.js}, one to one. */
final class EngineJs {
  /** Host code as JavaScript calls it; answers 0 to return, 1 to abort. */
  @JSFunctor
  interface Body extends JSObject {
    int call();
  }

  private EngineJs() {}

  @JSBody(
      params = "hash",
      script = "return engine.isPrepared(hash);",
      imports = @JSBodyImport(alias = "engine", fromModule = "./engine.js"))
  static native boolean isPrepared(String hash);

  @JSBody(
      params = {"hash", "code", "done", "failed"},
      script = "engine.prepare(hash, code, done, failed);",
      imports = @JSBodyImport(alias = "engine", fromModule = "./engine.js"))
  static native void prepare(String hash, Int8Array code, Done done, Told failed);

  @JSBody(
      params = {"hash", "code"},
      script = "return engine.prepareNow(hash, code);",
      imports = @JSBodyImport(alias = "engine", fromModule = "./engine.js"))
  static native String prepareNow(String hash, Int8Array code);

  @JSBody(
      script = "return engine.lastFailure();",
      imports = @JSBodyImport(alias = "engine", fromModule = "./engine.js"))
  static native String lastFailure();

  @JSBody(
      script = "return engine.newImports();",
      imports = @JSBodyImport(alias = "engine", fromModule = "./engine.js"))
  static native JSObject newImports();

  @JSBody(
      params = {"imports", "module", "name", "value"},
      script = "engine.addImport(imports, module, name, value);",
      imports = @JSBodyImport(alias = "engine", fromModule = "./engine.js"))
  static native void addImport(JSObject imports, String module, String name, JSObject value);

  @JSBody(
      params = {"hash", "imports"},
      script = "return engine.instantiate(hash, imports);",
      imports = @JSBodyImport(alias = "engine", fromModule = "./engine.js"))
  static native JSObject instantiate(String hash, JSObject imports);

  @JSBody(
      params = "pair",
      script = "return engine.outcomeOf(pair);",
      imports = @JSBodyImport(alias = "engine", fromModule = "./engine.js"))
  static native int outcomeOf(JSObject pair);

  @JSBody(
      params = "pair",
      script = "return engine.instanceOf(pair);",
      imports = @JSBodyImport(alias = "engine", fromModule = "./engine.js"))
  static native JSObject instanceOf(JSObject pair);

  @JSBody(
      params = {"instance", "name"},
      script = "return engine.kindOf(instance, name);",
      imports = @JSBodyImport(alias = "engine", fromModule = "./engine.js"))
  static native int kindOf(JSObject instance, String name);

  @JSBody(
      params = {"instance", "name"},
      script = "return engine.exportOf(instance, name);",
      imports = @JSBodyImport(alias = "engine", fromModule = "./engine.js"))
  static native JSObject exportOf(JSObject instance, String name);

  @JSBody(
      params = {"callee", "ints", "longs", "intsOut", "longsOut"},
      script = "return engine.call(callee, ints, longs, intsOut, longsOut);",
      imports = @JSBodyImport(alias = "engine", fromModule = "./engine.js"))
  static native int call(
      JSObject callee,
      @JSByRef int[] ints,
      @JSByRef long[] longs,
      @JSByRef int[] intsOut,
      @JSByRef long[] longsOut);

  @JSBody(
      params = "callee",
      script = "return engine.handleOf(callee);",
      imports = @JSBodyImport(alias = "engine", fromModule = "./engine.js"))
  static native JSObject handleOf(JSObject callee);

  @JSBody(
      params = {"arguments", "results", "body"},
      script = "return engine.hostFunction(arguments, results, body);",
      imports = @JSBodyImport(alias = "engine", fromModule = "./engine.js"))
  static native JSObject hostFunction(JSObject arguments, JSObject results, Body body);

  @JSBody(
      params = {"kinds", "ints", "longs"},
      script = "return engine.slots(kinds, ints, longs);",
      imports = @JSBodyImport(alias = "engine", fromModule = "./engine.js"))
  static native JSObject slots(String kinds, @JSByRef int[] ints, @JSByRef long[] longs);

  @JSBody(
      params = "kind",
      script = "return engine.newCell(kind);",
      imports = @JSBodyImport(alias = "engine", fromModule = "./engine.js"))
  static native JSObject newCell(String kind);

  @JSBody(
      params = "cell",
      script = "return engine.cellGlobal(cell);",
      imports = @JSBodyImport(alias = "engine", fromModule = "./engine.js"))
  static native JSObject cellGlobal(JSObject cell);

  @JSBody(
      params = "cell",
      script = "return engine.cellLow(cell);",
      imports = @JSBodyImport(alias = "engine", fromModule = "./engine.js"))
  static native int cellLow(JSObject cell);

  @JSBody(
      params = "cell",
      script = "return engine.cellHigh(cell);",
      imports = @JSBodyImport(alias = "engine", fromModule = "./engine.js"))
  static native int cellHigh(JSObject cell);

  @JSBody(
      params = {"cell", "value"},
      script = "engine.cellSet(cell, value);",
      imports = @JSBodyImport(alias = "engine", fromModule = "./engine.js"))
  static native void cellSet(JSObject cell, int value);

  @JSBody(
      params = {"kind", "initial"},
      script = "return engine.newGlobal(kind, initial);",
      imports = @JSBodyImport(alias = "engine", fromModule = "./engine.js"))
  static native JSObject newGlobal(String kind, long initial);

  @JSBody(
      params = "global",
      script = "return engine.globalGetLong(global);",
      imports = @JSBodyImport(alias = "engine", fromModule = "./engine.js"))
  static native long globalGetLong(JSObject global);

  @JSBody(
      params = {"global", "value"},
      script = "engine.globalSetLong(global, value);",
      imports = @JSBodyImport(alias = "engine", fromModule = "./engine.js"))
  static native void globalSetLong(JSObject global, long value);

  @JSBody(
      params = "global",
      script = "return engine.globalGetInt(global);",
      imports = @JSBodyImport(alias = "engine", fromModule = "./engine.js"))
  static native int globalGetInt(JSObject global);

  @JSBody(
      params = {"global", "value"},
      script = "engine.globalSetInt(global, value);",
      imports = @JSBodyImport(alias = "engine", fromModule = "./engine.js"))
  static native void globalSetInt(JSObject global, int value);

  @JSBody(
      params = {"global", "kind"},
      script = "return engine.globalGet(global, kind);",
      imports = @JSBodyImport(alias = "engine", fromModule = "./engine.js"))
  static native long globalGet(JSObject global, String kind);

  @JSBody(
      params = {"global", "kind", "bits"},
      script = "engine.globalSet(global, kind, bits);",
      imports = @JSBodyImport(alias = "engine", fromModule = "./engine.js"))
  static native void globalSet(JSObject global, String kind, long bits);

  @JSBody(
      params = {"instance", "name"},
      script = "return engine.functionOf(instance, name);",
      imports = @JSBodyImport(alias = "engine", fromModule = "./engine.js"))
  static native JSObject functionOf(JSObject instance, String name);

  @JSBody(
      params = {"instance", "name"},
      script = "return engine.resultsOf(instance, name);",
      imports = @JSBodyImport(alias = "engine", fromModule = "./engine.js"))
  static native String resultsOf(JSObject instance, String name);
}
