// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browser.keys;

import org.myrhiza.browser.js.Done;
import org.myrhiza.browser.js.Got;
import org.myrhiza.browser.js.GotBytes;
import org.myrhiza.browser.js.Told;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSBodyImport;
import org.teavm.jso.JSObject;
import org.teavm.jso.typedarrays.Int8Array;

/** The functions of {@code keys.js}, one to one. */
final class KeysJs {
  private KeysJs() {}

  @JSBody(
      params = {"database", "got", "lacking", "denied"},
      script = "keystore.open(database, got, lacking, denied);",
      imports = @JSBodyImport(alias = "keystore", fromModule = "./keys.js"))
  static native void open(JSObject database, Got got, Done lacking, Told denied);

  @JSBody(
      params = {"keys", "name"},
      script = "return keystore.publicKey(keys, name);",
      imports = @JSBodyImport(alias = "keystore", fromModule = "./keys.js"))
  static native Int8Array publicKey(JSObject keys, String name);

  @JSBody(
      params = {"database", "keys", "name", "done", "failed"},
      script = "keystore.renew(database, keys, name, done, failed);",
      imports = @JSBodyImport(alias = "keystore", fromModule = "./keys.js"))
  static native void renew(JSObject database, JSObject keys, String name, Done done, Told failed);

  @JSBody(
      params = {"keys", "name", "message", "got", "failed"},
      script = "keystore.sign(keys, name, message, got, failed);",
      imports = @JSBodyImport(alias = "keystore", fromModule = "./keys.js"))
  static native void sign(JSObject keys, String name, Int8Array message, GotBytes got, Told failed);
}
