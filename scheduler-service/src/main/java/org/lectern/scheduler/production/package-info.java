/** What must be true before this service works on real bookings. */
@NullMarked
package org.lectern.scheduler.production;

import org.jspecify.annotations.NullMarked;
