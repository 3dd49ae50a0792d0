/** Follow-ups to notices: reminders of lectures, and escalation of missing acknowledgements. */
@NullMarked
package org.lectern.notification.followup;

import org.jspecify.annotations.NullMarked;
