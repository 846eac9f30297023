// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browser.link;

import org.jspecify.annotations.Nullable;
import org.myrhiza.browser.js.Done;
import org.myrhiza.browser.js.GotBytes;
import org.myrhiza.browser.js.Told;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSBodyImport;
import org.teavm.jso.JSObject;
import org.teavm.jso.typedarrays.Int8Array;

/** The functions of {@code socket.js}, one to one. */
final class SocketJs {
  private SocketJs() {}

  @JSBody(
      params = {"url", "opened", "received", "closed"},
      script = "return socket_.open(url, opened, received, closed);",
      imports = @JSBodyImport(alias = "socket_", fromModule = "./socket.js"))
  static native @Nullable JSObject open(String url, Done opened, GotBytes received, Told closed);

  @JSBody(
      params = {"socket", "bytes"},
      script = "socket_.send(socket, bytes);",
      imports = @JSBodyImport(alias = "socket_", fromModule = "./socket.js"))
  static native void send(@Nullable JSObject socket, Int8Array bytes);

  @JSBody(
      params = "socket",
      script = "return socket_.buffered(socket);",
      imports = @JSBodyImport(alias = "socket_", fromModule = "./socket.js"))
  static native int buffered(@Nullable JSObject socket);

  @JSBody(
      params = "socket",
      script = "socket_.close(socket);",
      imports = @JSBodyImport(alias = "socket_", fromModule = "./socket.js"))
  static native void close(@Nullable JSObject socket);
}
