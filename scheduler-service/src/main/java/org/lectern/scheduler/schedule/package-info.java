/** Availability of lecturers and venues: windows, blackouts, limits, opening hours, and the soft rules of booking. */
@NullMarked
package org.lectern.scheduler.schedule;

import org.jspecify.annotations.NullMarked;
