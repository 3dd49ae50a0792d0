/** How long lecturers travel between lectures, and which of their ways are too long for the time there is. */
@NullMarked
package org.lectern.scheduler.schedule.travel;

import org.jspecify.annotations.NullMarked;
