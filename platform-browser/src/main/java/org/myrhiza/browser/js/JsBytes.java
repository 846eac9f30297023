// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browser.js;

import org.myrhiza.bytes.Bytes;
import org.teavm.jso.typedarrays.Int8Array;

/**
 * Byte strings to and from typed arrays. On the JavaScript target a Java array <em>is</em> a typed
 * array, so each crossing here either copies or takes the array for good.
 */
public final class JsBytes {
  private JsBytes() {}

  /** Returns a fresh typed array with these bytes. */
  public static Int8Array of(Bytes bytes) {
    return Int8Array.fromJavaArray(bytes.toArray());
  }

  /** Returns the bytes of an array that nobody else holds or will change. */
  public static Bytes adopt(Int8Array array) {
    return Bytes.adopt(array.toJavaArray());
  }
}
