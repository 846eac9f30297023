// SPDX-License-Identifier: AGPL-3.0-only
/**
 * What an app may reach: the matrix of host imports by profile as data, and the check of a
 * component's imports against it and against the manifest.
 */
@NullMarked
package org.myrhiza.capability;

import org.jspecify.annotations.NullMarked;
