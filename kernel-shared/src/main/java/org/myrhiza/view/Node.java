// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.view;

/**
 * One node of a view in preorder.
 *
 * @param element what it is
 * @param children how many direct children follow it, each with its own subtree
 */
public record Node(Element element, int children) {}
