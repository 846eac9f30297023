// SPDX-License-Identifier: AGPL-3.0-only

import { Style, View, me, same, topic } from "../sdk/assemblyscript";
import { value } from "./model";

/** Nothing has to be asked. */
export function creationForm(): View {
  return new View();
}

/** The value, and what this user can do to it. */
export function view(): View {
  const name = topic.name();
  const view = new View()
    .panel(name.length == 0 ? "Counter" : name)
    .text("Value: " + value().toString(), Style.STRONG)
    .form("add", "Add").integerInput("amount", "Amount", true, "1").end()
    .form("subtract", "Subtract").integerInput("amount", "Amount", true, "1").end();
  if (same(me.principal(), topic.founder())) {
    view.menu("Founder").button("reset", "Reset to zero").end();
  }
  return view.end();
}
