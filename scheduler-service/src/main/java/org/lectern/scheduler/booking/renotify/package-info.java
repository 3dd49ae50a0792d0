/** Tells branches again about lectures whose topic, lecturer or venue was renamed or moved. */
@NullMarked
package org.lectern.scheduler.booking.renotify;

import org.jspecify.annotations.NullMarked;
