// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.web;

/** Tells where in this jar the page's files are. */
public final class WebAssets {
  /** The folder that holds {@code index.html}; everything below it is served, nothing else. */
  public static final String FOLDER = "page";

  private WebAssets() {}
}
