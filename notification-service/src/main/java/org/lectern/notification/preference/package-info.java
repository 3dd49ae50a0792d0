/** Delivery preferences of branches: quiet hours, digests, reminders; and unsubscribing from digests. */
@NullMarked
package org.lectern.notification.preference;

import org.jspecify.annotations.NullMarked;
