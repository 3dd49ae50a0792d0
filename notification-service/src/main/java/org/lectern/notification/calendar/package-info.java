/** Lectures in calendars: the iCalendar part of mails, and calendar feeds. */
@NullMarked
package org.lectern.notification.calendar;

import org.jspecify.annotations.NullMarked;
