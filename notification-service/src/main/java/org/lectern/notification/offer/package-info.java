/** The page by which a branch accepts or declines an offer, without a login. The scheduler decides the result. */
@NullMarked
package org.lectern.notification.offer;

import org.jspecify.annotations.NullMarked;
