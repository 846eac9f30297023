// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.link;

/**
 * A resource type that a component wants from its host.
 *
 * @param instance the imported instance's name, or empty when the type is imported by itself
 * @param name the type's name
 */
public record ImportedResource(String instance, String name) {}
