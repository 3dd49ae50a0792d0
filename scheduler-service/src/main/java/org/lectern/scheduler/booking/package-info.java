/** Bookings: lectures that never clash, with every version kept. */
@NullMarked
package org.lectern.scheduler.booking;

import org.jspecify.annotations.NullMarked;
