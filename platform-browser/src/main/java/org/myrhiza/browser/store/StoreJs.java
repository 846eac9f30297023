// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browser.store;

import org.myrhiza.browser.js.Done;
import org.myrhiza.browser.js.Got;
import org.myrhiza.browser.js.Told;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSBodyImport;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;
import org.teavm.jso.typedarrays.Int8Array;

/** The functions of {@code store.js}, one to one. */
final class StoreJs {
  /** Called with the format of a newer store and the greatest one that is known here. */
  @JSFunctor
  interface Newer extends JSObject {
    void newer(int seen, int known);
  }

  private StoreJs() {}

  @JSBody(
      params = {"got", "newer", "denied"},
      script = "store.open(got, newer, denied);",
      imports = @JSBodyImport(alias = "store", fromModule = "./store.js"))
  static native void open(Got got, Newer newer, Told denied);

  @JSBody(
      params = "opened",
      script = "return store.databaseOf(opened);",
      imports = @JSBodyImport(alias = "store", fromModule = "./store.js"))
  static native JSObject database(JSObject opened);

  @JSBody(
      params = {"from", "to"},
      script = "return store.range(from, to);",
      imports = @JSBodyImport(alias = "store", fromModule = "./store.js"))
  static native JSObject range(Int8Array from, Int8Array to);

  @JSBody(
      params = {"opened", "range", "limit", "got", "failed"},
      script = "store.load(opened, range, limit, got, failed);",
      imports = @JSBodyImport(alias = "store", fromModule = "./store.js"))
  static native void load(JSObject opened, JSObject range, int limit, Got got, Told failed);

  @JSBody(
      script = "return store.newKeys();",
      imports = @JSBodyImport(alias = "store", fromModule = "./store.js"))
  static native JSObject newKeys();

  @JSBody(
      params = {"keys", "key"},
      script = "store.addKey(keys, key);",
      imports = @JSBodyImport(alias = "store", fromModule = "./store.js"))
  static native void addKey(JSObject keys, Int8Array key);

  @JSBody(
      params = {"opened", "keys", "got", "failed"},
      script = "store.read(opened, keys, got, failed);",
      imports = @JSBodyImport(alias = "store", fromModule = "./store.js"))
  static native void read(JSObject opened, JSObject keys, Got got, Told failed);

  @JSBody(
      params = "page",
      script = "return store.pageSize(page);",
      imports = @JSBodyImport(alias = "store", fromModule = "./store.js"))
  static native int pageSize(JSObject page);

  @JSBody(
      params = {"page", "index"},
      script = "return store.pageKey(page, index);",
      imports = @JSBodyImport(alias = "store", fromModule = "./store.js"))
  static native Int8Array pageKey(JSObject page, int index);

  @JSBody(
      params = {"page", "index"},
      script = "return store.pageValue(page, index);",
      imports = @JSBodyImport(alias = "store", fromModule = "./store.js"))
  static native Int8Array pageValue(JSObject page, int index);

  @JSBody(
      params = "page",
      script = "return store.pageComplete(page);",
      imports = @JSBodyImport(alias = "store", fromModule = "./store.js"))
  static native boolean pageComplete(JSObject page);

  @JSBody(
      params = {"opened", "changes", "done", "failed"},
      script = "store.persist(opened, changes, done, failed);",
      imports = @JSBodyImport(alias = "store", fromModule = "./store.js"))
  static native void persist(JSObject opened, Int8Array changes, Done done, Told failed);
}
