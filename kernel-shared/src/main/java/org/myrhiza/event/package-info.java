// SPDX-License-Identifier: AGPL-3.0-only
/**
 * One event: its header, id, payload and signature, the clock it carries, its place in the order,
 * and every check that needs no other event ({@code docs/spec/event.md}).
 */
@NullMarked
package org.myrhiza.event;

import org.jspecify.annotations.NullMarked;
