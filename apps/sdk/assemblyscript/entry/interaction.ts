// SPDX-License-Identifier: AGPL-3.0-only

// The exports of a component with the world `interaction`. The build puts the app's own file in the
// place of "./app".

import { creationForm as appCreationForm, view as appView } from "./app";

export { cabi_realloc } from "../memory";

export function creationForm(): usize {
  return appCreationForm().lower();
}

export function view(): usize {
  return appView().lower();
}

export function cabi_post_creationForm(result: usize): void {
  heap.reset();
}

export function cabi_post_view(result: usize): void {
  heap.reset();
}
