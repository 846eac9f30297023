// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.replay;

/**
 * What replay did and has. Local: another peer may have needed fewer rollbacks.
 *
 * @param accepted events whose writes are part of the state
 * @param rejected events that the app got and whose writes are not, traps and the like included
 * @param applied calls of the app's {@code apply} since the start of the process
 * @param rollbacks how often a change of the order made replay go back, since the start of the
 *     process
 * @param undone events that it went back over
 * @param skipped events whose old result stood without a call
 */
public record Counts(
    long accepted, long rejected, long applied, long rollbacks, long undone, long skipped) {}
