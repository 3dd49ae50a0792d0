/** iCalendar files (RFC 5545). */
@NullMarked
package org.lectern.scheduler.ical;

import org.jspecify.annotations.NullMarked;
