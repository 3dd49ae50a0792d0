/** Follow-ups to notices: reminders, escalation of missing acknowledgements, declines and silence of lecturers. */
@NullMarked
package org.lectern.notification.followup;

import org.jspecify.annotations.NullMarked;
