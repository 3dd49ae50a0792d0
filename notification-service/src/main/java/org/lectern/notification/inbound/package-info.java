/** Mail that comes back: answers of calendars and bounces, read from a mailbox and applied to what they answer. */
@NullMarked
package org.lectern.notification.inbound;

import org.jspecify.annotations.NullMarked;
