/** Series: one lecture repeated, planned in one go, changed from one occurrence on without touching what is past. */
@NullMarked
package org.lectern.scheduler.booking.series;

import org.jspecify.annotations.NullMarked;
