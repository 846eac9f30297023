// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.relay.server;

import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import org.myrhiza.frame.Authority;

/**
 * The headers that every response carries. A worker obeys the policy of its own script's response,
 * not of the page's, so none may go without.
 */
final class SecurityHeaders {
  private SecurityHeaders() {}

  /**
   * Sets them.
   *
   * @param host the name under which we were asked, already checked: the one origin to connect to;
   *     null when it was not accepted or does not matter
   */
  static void set(HttpHeaders headers, @Nullable Authority host) {
    headers.set("Content-Security-Policy", policy(host));
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cross-Origin-Embedder-Policy", "require-corp");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set(
        "Permissions-Policy",
        "camera=(), microphone=(), geolocation=(), display-capture=(), usb=(), serial=()");
  }

  private static String policy(@Nullable Authority host) {
    String sockets = host == null ? "" : " ws://" + host.text() + " wss://" + host.text();
    return "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; "
        + ("connect-src 'self'" + sockets + "; ")
        + "style-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; "
        + "frame-ancestors 'none'";
  }
}
