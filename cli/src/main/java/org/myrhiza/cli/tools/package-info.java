// SPDX-License-Identifier: AGPL-3.0-only

/** Tools for authors of apps: bundle files. */
@NullMarked
package org.myrhiza.cli.tools;

import org.jspecify.annotations.NullMarked;
