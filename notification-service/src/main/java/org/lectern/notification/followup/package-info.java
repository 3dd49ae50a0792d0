/** What follows a notice: reminders of lectures, and escalation where no acknowledgement comes. */
@NullMarked
package org.lectern.notification.followup;

import org.jspecify.annotations.NullMarked;
