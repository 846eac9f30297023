// SPDX-License-Identifier: AGPL-3.0-only
/** Driving the machine's own Chromium, for the headless demo and for tests. */
@NullMarked
package org.myrhiza.cli.browser;

import org.jspecify.annotations.NullMarked;
