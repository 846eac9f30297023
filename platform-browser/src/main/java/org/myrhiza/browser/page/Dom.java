// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browser.page;

import org.jspecify.annotations.Nullable;
import org.myrhiza.browser.js.Done;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/** The few things the page does with elements; text is only ever set as text. */
final class Dom {
  private Dom() {}

  @JSBody(params = "tag", script = "return document.createElement(tag);")
  static native JSObject create(String tag);

  @JSBody(params = "text", script = "return document.createTextNode(text);")
  static native JSObject textNode(String text);

  @JSBody(params = "id", script = "return document.getElementById(id);")
  static native @Nullable JSObject find(String id);

  @JSBody(
      params = {"node", "content"},
      script = "if (node.textContent !== content) { node.textContent = content; }")
  static native void text(JSObject node, String content);

  @JSBody(
      params = {"node", "name", "value"},
      script = "node.setAttribute(name, value);")
  static native void attribute(JSObject node, String name, String value);

  @JSBody(
      params = {"node", "name"},
      script = "node.removeAttribute(name);")
  static native void unset(JSObject node, String name);

  @JSBody(
      params = {"node", "child"},
      script = "node.appendChild(child);")
  static native void append(JSObject node, JSObject child);

  @JSBody(params = "node", script = "node.replaceChildren();")
  static native void clear(JSObject node);

  @JSBody(params = "node", script = "node.remove();")
  static native void remove(JSObject node);

  @JSBody(
      params = {"node", "shown"},
      script = "node.hidden = !shown;")
  static native void show(JSObject node, boolean shown);

  @JSBody(
      params = {"node", "enabled"},
      script = "node.disabled = !enabled;")
  static native void enable(JSObject node, boolean enabled);

  @JSBody(
      params = {"node", "event", "heard"},
      script = "node.addEventListener(event, function (e) { e.preventDefault(); heard(); });")
  static native void on(JSObject node, String event, Done heard);

  @JSBody(params = "node", script = "return node.value;")
  static native String value(JSObject node);

  @JSBody(
      params = {"node", "value"},
      script = "node.value = value;")
  static native void setValue(JSObject node, String value);

  @JSBody(params = "node", script = "return node.checked;")
  static native boolean checked(JSObject node);

  @JSBody(
      params = {"node", "checked"},
      script = "node.checked = checked;")
  static native void setChecked(JSObject node, boolean checked);

  @JSBody(params = "node", script = "return node.contains(document.activeElement);")
  static native boolean holdsFocus(JSObject node);

  @JSBody(params = "node", script = "return node.firstChild;")
  static native @Nullable JSObject firstChild(JSObject node);

  @JSBody(params = "node", script = "return node.nextSibling;")
  static native @Nullable JSObject nextSibling(JSObject node);

  @JSBody(
      params = {"one", "other"},
      script = "return one === other;")
  static native boolean same(JSObject one, @Nullable JSObject other);

  @JSBody(
      params = {"node", "child", "before"},
      script = "node.insertBefore(child, before);")
  static native void insert(JSObject node, JSObject child, @Nullable JSObject before);

  @JSBody(params = "node", script = "node.focus({ preventScroll: true });")
  static native void focus(JSObject node);

  @JSBody(params = "node", script = "if (!node.open) { node.showModal(); }")
  static native void openDialog(JSObject node);

  @JSBody(params = "node", script = "if (node.open) { node.close(); }")
  static native void closeDialog(JSObject node);
}
