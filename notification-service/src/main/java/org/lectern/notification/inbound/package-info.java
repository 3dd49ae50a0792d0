/** Inbound mail: calendar answers and bounces, read from a mailbox and applied to their subjects. */
@NullMarked
package org.lectern.notification.inbound;

import org.jspecify.annotations.NullMarked;
