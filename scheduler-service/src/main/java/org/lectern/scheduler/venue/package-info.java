/** Where lectures are held. */
@NullMarked
package org.lectern.scheduler.venue;

import org.jspecify.annotations.NullMarked;
