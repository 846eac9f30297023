// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import org.myrhiza.event.EventId;

/** What a link has to answer for: an event that proved wrong, or one too many to keep waiting. */
public record Charge(Source source, EventId event, Refusal why) {}
