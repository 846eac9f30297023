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
      params = {"from", "to"},
      script = "return store.range(from, to);",
      imports = @JSBodyImport(alias = "store", fromModule = "./store.js"))
  static native JSObject range(Int8Array from, Int8Array to);

  @JSBody(
      params = {"database", "range", "limit", "got", "failed"},
      script = "store.load(database, range, limit, got, failed);",
      imports = @JSBodyImport(alias = "store", fromModule = "./store.js"))
  static native void load(JSObject database, JSObject range, int limit, Got got, Told failed);

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
      params = {"database", "keys", "got", "failed"},
      script = "store.read(database, keys, got, failed);",
      imports = @JSBodyImport(alias = "store", fromModule = "./store.js"))
  static native void read(JSObject database, JSObject keys, Got got, Told failed);

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
      script = "return store.newBatch();",
      imports = @JSBodyImport(alias = "store", fromModule = "./store.js"))
  static native JSObject newBatch();

  @JSBody(
      params = {"batch", "key", "value"},
      script = "store.put(batch, key, value);",
      imports = @JSBodyImport(alias = "store", fromModule = "./store.js"))
  static native void put(JSObject batch, Int8Array key, Int8Array value);

  @JSBody(
      params = {"batch", "key"},
      script = "store.remove(batch, key);",
      imports = @JSBodyImport(alias = "store", fromModule = "./store.js"))
  static native void remove(JSObject batch, Int8Array key);

  @JSBody(
      params = {"batch", "from", "to"},
      script = "store.removeRange(batch, from, to);",
      imports = @JSBodyImport(alias = "store", fromModule = "./store.js"))
  static native void removeRange(JSObject batch, Int8Array from, Int8Array to);

  @JSBody(
      params = {"database", "batch", "done", "failed"},
      script = "store.persist(database, batch, done, failed);",
      imports = @JSBodyImport(alias = "store", fromModule = "./store.js"))
  static native void persist(JSObject database, JSObject batch, Done done, Told failed);
}
