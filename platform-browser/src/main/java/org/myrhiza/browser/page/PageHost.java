// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browser.page;

import org.myrhiza.browser.js.Done;
import org.myrhiza.browser.js.Told;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSBodyImport;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;
import org.teavm.jso.typedarrays.Int8Array;

/** The functions of {@code page-host.js}, one to one. */
final class PageHost {
  /** Called with a message of the worker or of another tab. */
  @JSFunctor
  interface Message extends JSObject {
    void received(String type, int token, String text, Int8Array bytes);
  }

  private PageHost() {}

  @JSBody(
      script = "return host.isSecure();",
      imports = @JSBodyImport(alias = "host", fromModule = "./page-host.js"))
  static native boolean isSecure();

  @JSBody(
      script = "return host.missing();",
      imports = @JSBodyImport(alias = "host", fromModule = "./page-host.js"))
  static native String missing();

  @JSBody(
      params = {"author", "viewer", "freed", "denied"},
      script = "host.lock(author, viewer, freed, denied);",
      imports = @JSBodyImport(alias = "host", fromModule = "./page-host.js"))
  static native void lock(Done author, Done viewer, Done freed, Told denied);

  @JSBody(
      params = {"url", "received", "failed"},
      script = "return host.startWorker(url, received, failed);",
      imports = @JSBodyImport(alias = "host", fromModule = "./page-host.js"))
  static native JSObject startWorker(String url, Message received, Told failed);

  @JSBody(
      params = {"worker", "type", "token", "text", "bytes"},
      script = "host.post(worker, type, token, text, bytes);",
      imports = @JSBodyImport(alias = "host", fromModule = "./page-host.js"))
  static native void post(JSObject worker, String type, int token, String text, Int8Array bytes);

  @JSBody(
      params = "received",
      script = "return host.openChannel(received);",
      imports = @JSBodyImport(alias = "host", fromModule = "./page-host.js"))
  static native JSObject openChannel(Message received);

  @JSBody(
      script = "return host.tabName();",
      imports = @JSBodyImport(alias = "host", fromModule = "./page-host.js"))
  static native String tabName();

  @JSBody(
      params = "denied",
      script = "host.persistStorage(denied);",
      imports = @JSBodyImport(alias = "host", fromModule = "./page-host.js"))
  static native void persistStorage(Done denied);

  @JSBody(
      script = "return host.relayUrl();",
      imports = @JSBodyImport(alias = "host", fromModule = "./page-host.js"))
  static native String relayUrl();

  @JSBody(
      script = "return host.hash();",
      imports = @JSBodyImport(alias = "host", fromModule = "./page-host.js"))
  static native String hash();

  @JSBody(
      script = "host.forgetHash();",
      imports = @JSBodyImport(alias = "host", fromModule = "./page-host.js"))
  static native void forgetHash();

  @JSBody(
      params = "changed",
      script = "host.onHash(changed);",
      imports = @JSBodyImport(alias = "host", fromModule = "./page-host.js"))
  static native void onHash(Done changed);

  @JSBody(
      script = "host.reload();",
      imports = @JSBodyImport(alias = "host", fromModule = "./page-host.js"))
  static native void reload();

  @JSBody(
      params = {"millis", "done"},
      script = "host.after(millis, done);",
      imports = @JSBodyImport(alias = "host", fromModule = "./page-host.js"))
  static native void after(int millis, Done done);

  @JSBody(
      params = {"text", "copied", "refused"},
      script = "host.copy(text, copied, refused);",
      imports = @JSBodyImport(alias = "host", fromModule = "./page-host.js"))
  static native void copy(String text, Done copied, Done refused);

  @JSBody(
      script = "host.keepOffline();",
      imports = @JSBodyImport(alias = "host", fromModule = "./page-host.js"))
  static native void keepOffline();
}
