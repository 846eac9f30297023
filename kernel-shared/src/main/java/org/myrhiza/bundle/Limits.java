// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bundle;

/** Bounds of bundles; all of them are part of the format ({@code docs/spec/bundle.md}). */
public final class Limits {
  /** Bytes of a bundle's file: what a peer serves and a page holds in memory at once. */
  public static final int BUNDLE_BYTES = 16 * 1024 * 1024;

  /** Bytes of a canonical manifest. */
  public static final int MANIFEST_BYTES = 64 * 1024;

  /** Bytes of the file that are neither manifest nor part: format, length, signature. */
  private static final int FRAME_BYTES = 128;

  /** Bytes of all parts together: what the rest of the file leaves. */
  public static final int PARTS_BYTES = BUNDLE_BYTES - MANIFEST_BYTES - FRAME_BYTES;

  /** Parts of a bundle. */
  public static final int PARTS = 256;

  /** Bytes of a part's path. */
  public static final int PATH_BYTES = 128;

  /** Bytes of an app's name, and of the name of an event tag. */
  public static final int NAME_BYTES = 64;

  /** Bytes of a version label. */
  public static final int VERSION_BYTES = 32;

  /** Event tags that a manifest names. */
  public static final int TAGS = 256;

  /** Imports that a manifest declares for one component. */
  public static final int IMPORTS = 64;

  /** Bytes of an import's full name. */
  public static final int IMPORT_BYTES = 128;

  /** Fuel of one apply call when the author does not say, in units of the metering table. */
  public static final long APPLY_FUEL_DEFAULT = 1_000_000;

  /** Fuel of one apply call at most, in units of the metering table. */
  public static final long APPLY_FUEL_MAX = 10_000_000;

  static {
    if (PARTS_BYTES < BUNDLE_BYTES / 2 || APPLY_FUEL_DEFAULT > APPLY_FUEL_MAX) {
      throw new IllegalStateException("limits of bundles contradict each other");
    }
  }

  private Limits() {}
}
