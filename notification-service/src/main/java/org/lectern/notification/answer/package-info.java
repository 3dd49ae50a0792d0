/** What branches answer with their calendars: accepted, tentative, declined, or another time; shown to organizers. */
@NullMarked
package org.lectern.notification.answer;

import org.jspecify.annotations.NullMarked;
