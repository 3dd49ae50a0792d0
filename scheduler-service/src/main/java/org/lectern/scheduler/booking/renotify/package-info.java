/** Notifies branches again of lectures with a renamed topic or lecturer, or a renamed or moved venue. */
@NullMarked
package org.lectern.scheduler.booking.renotify;

import org.jspecify.annotations.NullMarked;
