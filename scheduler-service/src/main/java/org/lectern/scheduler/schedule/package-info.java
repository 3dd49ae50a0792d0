/** When lecturers and venues are available: windows, blackouts, limits, opening hours, and the rules a booking is checked by. */
@NullMarked
package org.lectern.scheduler.schedule;

import org.jspecify.annotations.NullMarked;
