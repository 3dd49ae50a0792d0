/** The page by which a branch takes or declines an offer, without a login; the scheduler decides what follows. */
@NullMarked
package org.lectern.notification.offer;

import org.jspecify.annotations.NullMarked;
