// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browser.js;

import org.teavm.jso.JSBody;
import org.teavm.jso.JSBodyImport;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;
import org.teavm.jso.typedarrays.Int8Array;

/** The functions of {@code thread.js}, one to one. */
public final class ThreadJs {
  /** Called with a message of the page. */
  @JSFunctor
  public interface Message extends JSObject {
    /** Takes its type, number, text and bytes. */
    void received(String type, int token, String text, Int8Array bytes);
  }

  private ThreadJs() {}

  /** Returns milliseconds since 1970. */
  @JSBody(
      script = "return thread.now();",
      imports = @JSBodyImport(alias = "thread", fromModule = "./thread.js"))
  public static native double now();

  /** Returns fresh random bytes. */
  @JSBody(
      params = "length",
      script = "return thread.entropy(length);",
      imports = @JSBodyImport(alias = "thread", fromModule = "./thread.js"))
  public static native Int8Array entropy(int length);

  /** Returns a number from 0 to below 1, for jitter only. */
  @JSBody(
      script = "return thread.random();",
      imports = @JSBodyImport(alias = "thread", fromModule = "./thread.js"))
  public static native double random();

  /** Calls back after a while. */
  @JSBody(
      params = {"millis", "done"},
      script = "thread.after(millis, done);",
      imports = @JSBodyImport(alias = "thread", fromModule = "./thread.js"))
  public static native void after(int millis, Done done);

  /** Calls back in another turn of the event loop. */
  @JSBody(
      params = "done",
      script = "thread.soon(done);",
      imports = @JSBodyImport(alias = "thread", fromModule = "./thread.js"))
  public static native void soon(Done done);

  /** Sends a message to the page. */
  @JSBody(
      params = {"type", "token", "text", "bytes"},
      script = "thread.post(type, token, text, bytes);",
      imports = @JSBodyImport(alias = "thread", fromModule = "./thread.js"))
  public static native void post(String type, int token, String text, Int8Array bytes);

  /** Takes the messages of the page from now on. */
  @JSBody(
      params = "received",
      script = "thread.onMessage(received);",
      imports = @JSBodyImport(alias = "thread", fromModule = "./thread.js"))
  public static native void onMessage(Message received);
}
