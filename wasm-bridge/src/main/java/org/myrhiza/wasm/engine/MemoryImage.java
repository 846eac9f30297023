// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.engine;

/** Contents and size of a memory at one moment; opaque, and of use to its engine only. */
public interface MemoryImage {}
