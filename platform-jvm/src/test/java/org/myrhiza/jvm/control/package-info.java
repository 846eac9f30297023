// SPDX-License-Identifier: AGPL-3.0-only

/** Tests of the control socket. */
@NullMarked
package org.myrhiza.jvm.control;

import org.jspecify.annotations.NullMarked;
