// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.engine;

import com.dylibso.chicory.runtime.TableInstance;
import org.myrhiza.wasm.engine.CoreTable;

/** A table. */
record ChicoryTable(TableInstance table) implements CoreTable {}
