/** Lectures as calendars show them: the iCalendar part of a mail, and calendars that are subscribed to. */
@NullMarked
package org.lectern.notification.calendar;

import org.jspecify.annotations.NullMarked;
