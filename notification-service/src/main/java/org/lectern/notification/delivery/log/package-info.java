/** What became of each delivery, for operators and organizers; and sending again by hand. */
@NullMarked
package org.lectern.notification.delivery.log;

import org.jspecify.annotations.NullMarked;
