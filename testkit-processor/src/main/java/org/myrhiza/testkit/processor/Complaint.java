// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.processor;

import javax.lang.model.element.Element;

/** Where rules report what they refuse; the compiler turns it into an error at the element. */
@FunctionalInterface
interface Complaint {
  void error(String message, Element... where);
}
