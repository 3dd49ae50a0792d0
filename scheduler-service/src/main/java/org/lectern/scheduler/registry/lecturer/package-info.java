/** Who lectures; the only place that knows how to reach them. */
@NullMarked
package org.lectern.scheduler.registry.lecturer;

import org.jspecify.annotations.NullMarked;
