/** HTTP conventions of both services: strict input, pagination, entity tags, bounded requests. */
@NullMarked
package org.lectern.chassis.http;

import org.jspecify.annotations.NullMarked;
