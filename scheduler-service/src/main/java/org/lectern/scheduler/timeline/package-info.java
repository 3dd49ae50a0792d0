/** The bookings of a range in one answer, and what changed since. */
@NullMarked
package org.lectern.scheduler.timeline;

import org.jspecify.annotations.NullMarked;
