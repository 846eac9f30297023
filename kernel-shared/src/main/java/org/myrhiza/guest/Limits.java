// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.guest;

/** Bounds on guests, and what host functions cost (rules, section 9). */
public final class Limits {
  /** Fuel for propose, create, view and creation-form. */
  public static final long QUERY_FUEL = 50_000_000L;

  /** Fuel for an apply when the manifest does not say. */
  public static final long APPLY_FUEL = 1_000_000L;

  /** Fuel for an apply at most. */
  public static final long APPLY_FUEL_MAX = 10_000_000L;

  /** Bytes of a log message; the rest is cut. */
  public static final int LOG_BYTES = 4 * 1024;

  /** UTF-16 units kept of a guest's reason; a sentence for people. */
  public static final int REASON_CHARS = 1_000;

  /** Fuel of a call that only hands out a fact. */
  public static final int FACT_FUEL = 100;

  /** Fuel of a call to state before its bytes; as much as some hundred instructions. */
  public static final int STATE_FUEL = 500;

  /** Fuel for each byte of keys and values that go in or come out. */
  public static final int STATE_FUEL_PER_BYTE = 1;

  /** Fuel for each byte hashed. */
  public static final int HASH_FUEL_PER_BYTE = 5;

  /** Fuel of one signature verified. */
  public static final int VERIFY_FUEL = 50_000;

  private Limits() {}
}
