/** What branches have said they know of, told by the notification service. */
@NullMarked
package org.lectern.scheduler.acknowledgement;

import org.jspecify.annotations.NullMarked;
