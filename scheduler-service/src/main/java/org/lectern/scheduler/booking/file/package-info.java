/** Bookings as files: CSV in and out, iCalendar out. */
@NullMarked
package org.lectern.scheduler.booking.file;

import org.jspecify.annotations.NullMarked;
