/** One search over branches, lecturers, venues, topics and bookings. */
@NullMarked
package org.lectern.scheduler.search;

import org.jspecify.annotations.NullMarked;
