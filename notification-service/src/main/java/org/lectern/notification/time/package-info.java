/** The clock everyone injects, and identifiers that are ordered by time. */
@NullMarked
package org.lectern.notification.time;

import org.jspecify.annotations.NullMarked;
