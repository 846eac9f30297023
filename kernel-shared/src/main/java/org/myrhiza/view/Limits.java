// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.view;

/**
 * Bounds of a view; a view past one of them is refused as a whole, so no app can flood a screen.
 */
public final class Limits {
  /** Most nodes of one view. */
  public static final int NODES = 2_000;

  /** Greatest depth of the tree; a root has depth 1. */
  public static final int DEPTH = 16;

  /** Most bytes of UTF-8 over all strings of one view. */
  public static final int TEXT_BYTES = 256 * 1024;

  /** Most bytes of a name: of a field, an input or an action. */
  public static final int NAME_BYTES = 64;

  /** Most bytes of one field value. */
  public static final int VALUE_BYTES = 64 * 1024;

  /** Most fields handed over with one action. */
  public static final int FIELDS = 256;

  /** Most inputs of one form. */
  public static final int INPUTS = 64;

  /** Most options of one choice. */
  public static final int OPTIONS = 256;

  private Limits() {}
}
