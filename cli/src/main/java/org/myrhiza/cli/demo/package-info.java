// SPDX-License-Identifier: AGPL-3.0-only

/** The demonstration: two native peers and a page, three apps, cut and healed links, one digest. */
@NullMarked
package org.myrhiza.cli.demo;

import org.jspecify.annotations.NullMarked;
