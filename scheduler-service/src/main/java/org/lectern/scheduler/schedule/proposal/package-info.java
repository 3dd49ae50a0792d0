/** Changes of availability that lecturers make themselves, or propose because they touch bookings. */
@NullMarked
package org.lectern.scheduler.schedule.proposal;

import org.jspecify.annotations.NullMarked;
