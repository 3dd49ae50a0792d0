/** Removes what branches no longer need: notices and all that belongs to them, long after their lecture. */
@NullMarked
package org.lectern.notification.retention;

import org.jspecify.annotations.NullMarked;
