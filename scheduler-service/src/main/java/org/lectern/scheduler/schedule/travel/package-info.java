/** Travel times of lecturers, and conflicts with the time between lectures. */
@NullMarked
package org.lectern.scheduler.schedule.travel;

import org.jspecify.annotations.NullMarked;
