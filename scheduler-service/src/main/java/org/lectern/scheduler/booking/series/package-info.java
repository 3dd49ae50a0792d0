/**
 * Series: one repeated lecture, planned as a whole, changeable from any occurrence on. Past occurrences never change.
 */
@NullMarked
package org.lectern.scheduler.booking.series;

import org.jspecify.annotations.NullMarked;
