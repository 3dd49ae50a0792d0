/** Bulk changes of bookings: preview, then apply atomically. */
@NullMarked
package org.lectern.scheduler.booking.batch;

import org.jspecify.annotations.NullMarked;
