/** The clock everyone injects, and the time zones we accept. */
@NullMarked
package org.lectern.scheduler.time;

import org.jspecify.annotations.NullMarked;
