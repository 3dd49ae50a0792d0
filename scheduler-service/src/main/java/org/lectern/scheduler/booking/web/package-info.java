/** The API of single bookings. */
@NullMarked
package org.lectern.scheduler.booking.web;

import org.jspecify.annotations.NullMarked;
