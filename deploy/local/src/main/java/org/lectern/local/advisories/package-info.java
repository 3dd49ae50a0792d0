/** Compares bills of materials with a list of advisories, without network access. */
@NullMarked
package org.lectern.local.advisories;

import org.jspecify.annotations.NullMarked;
