// SPDX-License-Identifier: AGPL-3.0-only

/** What one unit counts. A second build sets it to 2, to show where the rules of an app live. */
export const STEP: i64 = 1;
