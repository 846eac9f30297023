// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.link;

import org.myrhiza.wasm.component.FunctionType;

/**
 * A function that a component wants from its host.
 *
 * @param instance the imported instance's name ({@code myrhiza:kernel/hash@0.1.0}), or empty when
 *     the function is imported by itself
 * @param name the function's name
 * @param type its type, as the component declares it
 */
public record ImportedFunction(String instance, String name, FunctionType type) {}
