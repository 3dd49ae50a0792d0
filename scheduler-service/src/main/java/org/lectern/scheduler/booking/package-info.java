/** Bookings: lectures without conflicts, with a complete history. */
@NullMarked
package org.lectern.scheduler.booking;

import org.jspecify.annotations.NullMarked;
