/** Where something is. */
@NullMarked
package org.lectern.scheduler.place;

import org.jspecify.annotations.NullMarked;
