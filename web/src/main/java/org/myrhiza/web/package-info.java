// SPDX-License-Identifier: AGPL-3.0-only

/** The page as a jar of files. */
@NullMarked
package org.myrhiza.web;

import org.jspecify.annotations.NullMarked;
