/** The published events: their names and common attributes. */
@NullMarked
package org.lectern.scheduler.event;

import org.jspecify.annotations.NullMarked;
