// SPDX-License-Identifier: AGPL-3.0-only
/** Scenarios as data: what peers do and what goes wrong, run, judged, shrunk and replayed. */
@NullMarked
package org.myrhiza.testkit.scenario;

import org.jspecify.annotations.NullMarked;
