/** Conventions of HTTP that both services keep: strict input, pages of lists, entity tags, bounded requests. */
@NullMarked
package org.lectern.chassis.http;

import org.jspecify.annotations.NullMarked;
