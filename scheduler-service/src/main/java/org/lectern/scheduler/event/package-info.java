/** What this service tells the world: the names of its events, and what every event has. */
@NullMarked
package org.lectern.scheduler.event;

import org.jspecify.annotations.NullMarked;
