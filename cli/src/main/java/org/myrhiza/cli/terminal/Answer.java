// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.terminal;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a command answers, in both forms.
 *
 * @param json for scripts
 * @param text for people; lines without the last line end
 * @param exit how the process ends
 */
public record Answer(ObjectNode json, String text, ExitCode exit) {
  /** Returns an answer of a command that did what it was asked to. */
  public static Answer of(ObjectNode json, String text) {
    return new Answer(json, text, ExitCode.DONE);
  }
}
