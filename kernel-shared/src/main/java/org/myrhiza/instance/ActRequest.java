// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.instance;

import java.util.List;
import org.myrhiza.view.Field;

/**
 * Something the user wants to do in an app.
 *
 * @param action the action's name
 * @param fields what goes with it
 */
public record ActRequest(String action, List<Field> fields) {
  /** Copies the list. */
  public ActRequest {
    fields = List.copyOf(fields);
  }
}
