/** The injectable clock, time-ordered identifiers and time zones. */
@NullMarked
package org.lectern.chassis.time;

import org.jspecify.annotations.NullMarked;
