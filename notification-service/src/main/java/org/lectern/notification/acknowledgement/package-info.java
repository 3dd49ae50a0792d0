/** Branches say that they know of a lecture, or of a change of it. */
@NullMarked
package org.lectern.notification.acknowledgement;

import org.jspecify.annotations.NullMarked;
