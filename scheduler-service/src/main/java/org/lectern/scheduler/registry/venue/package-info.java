/** Venues of lectures. */
@NullMarked
package org.lectern.scheduler.registry.venue;

import org.jspecify.annotations.NullMarked;
