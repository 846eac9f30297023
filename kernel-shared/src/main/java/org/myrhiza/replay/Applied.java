// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.replay;

import org.myrhiza.log.LogEntry;
import org.myrhiza.state.Undo;

/** An event that has its verdict, and what takes its writes back. */
record Applied(LogEntry entry, Verdict verdict, Undo undo) {}
