/** Files for other programs: CSV for spreadsheets, iCalendar for calendars; written page by page. */
@NullMarked
package org.lectern.scheduler.exporting;

import org.jspecify.annotations.NullMarked;
