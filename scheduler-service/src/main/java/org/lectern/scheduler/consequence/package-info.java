/** What a change of availability, venues or the calendar means for bookings; implemented where bookings are judged. */
@NullMarked
package org.lectern.scheduler.consequence;

import org.jspecify.annotations.NullMarked;
