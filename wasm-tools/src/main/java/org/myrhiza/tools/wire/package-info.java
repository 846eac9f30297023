// SPDX-License-Identifier: AGPL-3.0-only
/**
 * Jobs and answers as JSON text, between the command and the worker: neutral, both directions here.
 */
@NullMarked
package org.myrhiza.tools.wire;

import org.jspecify.annotations.NullMarked;
