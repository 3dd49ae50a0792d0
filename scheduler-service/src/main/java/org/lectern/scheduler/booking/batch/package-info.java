/** Changes of many bookings at once: shown first, then made in one transaction or not at all. */
@NullMarked
package org.lectern.scheduler.booking.batch;

import org.jspecify.annotations.NullMarked;
