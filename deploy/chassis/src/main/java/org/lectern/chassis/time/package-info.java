/** The clock to inject, identifiers in the order of time, and time zones. */
@NullMarked
package org.lectern.chassis.time;

import org.jspecify.annotations.NullMarked;
