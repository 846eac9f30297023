// SPDX-License-Identifier: AGPL-3.0-only
/**
 * From a component's bytes to calls: {@link org.myrhiza.wasm.link.Linker} resolves a component into
 * a flat plan ({@link org.myrhiza.wasm.link.Blueprint}), and a {@link
 * org.myrhiza.wasm.link.Session} instantiates it on an engine and calls its exports, each call from
 * a fresh image.
 */
@NullMarked
package org.myrhiza.wasm.link;

import org.jspecify.annotations.NullMarked;
