/** Notices to branches about versions of bookings: written once, numbered without gaps, stored in the inbox. */
@NullMarked
package org.lectern.notification.notice;

import org.jspecify.annotations.NullMarked;
