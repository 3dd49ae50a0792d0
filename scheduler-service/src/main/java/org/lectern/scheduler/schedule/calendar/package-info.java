/** The working calendar: public holidays and make-up workdays as announced, never guessed. */
@NullMarked
package org.lectern.scheduler.schedule.calendar;

import org.jspecify.annotations.NullMarked;
