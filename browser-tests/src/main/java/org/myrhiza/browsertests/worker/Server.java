// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browsertests.worker;

import org.jspecify.annotations.Nullable;
import org.teavm.jso.ajax.XMLHttpRequest;
import org.teavm.jso.typedarrays.ArrayBuffer;
import org.teavm.jso.typedarrays.Int8Array;

/** The test's own HTTP server, asked synchronously, which a worker may do. */
final class Server {
  private static final int OK = 200;

  private Server() {}

  static byte @Nullable [] get(String path) {
    var request = new XMLHttpRequest();
    request.open("GET", path, false);
    request.setResponseType("arraybuffer");
    request.send();
    if (request.getStatus() != OK) {
      return null;
    }
    var view = new Int8Array((ArrayBuffer) request.getResponse());
    byte[] bytes = new byte[view.getLength()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = view.get(i);
    }
    return bytes;
  }

  static void post(String path, String text) {
    var request = new XMLHttpRequest();
    request.open("POST", path, false);
    request.send(text);
  }
}
