/** iCalendar files (RFC 5545). */
@NullMarked
package org.lectern.chassis.ical;

import org.jspecify.annotations.NullMarked;
