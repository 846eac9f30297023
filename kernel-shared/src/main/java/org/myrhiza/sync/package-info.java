// SPDX-License-Identifier: AGPL-3.0-only
/**
 * How peers of one topic bring each other up to date: heads are told first, what is missing is
 * pulled in canonical order, and the end is said explicitly; bundles are fetched by hash.
 */
@NullMarked
package org.myrhiza.sync;

import org.jspecify.annotations.NullMarked;
