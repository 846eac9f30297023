// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.guest;

import java.util.function.BooleanSupplier;
import org.myrhiza.state.StateReader;
import org.myrhiza.state.StateWriter;

/**
 * What an apply can reach.
 *
 * @param reader the state before and during this apply
 * @param writer takes its writes; usually the same overlay
 * @param forked whether the event's key forked at or before it; asked only when the guest asks
 * @param topic facts of the topic
 * @param log where its log goes
 */
public record ApplyHost(
    StateReader reader,
    StateWriter writer,
    BooleanSupplier forked,
    TopicFacts topic,
    GuestLog log) {}
