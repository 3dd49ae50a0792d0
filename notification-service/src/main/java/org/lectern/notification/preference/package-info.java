/** When a branch wants to be told: quiet hours, digests, reminders; and how digests are unsubscribed from. */
@NullMarked
package org.lectern.notification.preference;

import org.jspecify.annotations.NullMarked;
