// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.guest;

import org.myrhiza.state.StateReader;

/**
 * What a propose or a view can reach.
 *
 * @param reader the state
 * @param topic facts of the topic
 * @param self facts of the user
 * @param log where its log goes
 */
public record ReadHost(StateReader reader, TopicFacts topic, SelfFacts self, GuestLog log) {}
