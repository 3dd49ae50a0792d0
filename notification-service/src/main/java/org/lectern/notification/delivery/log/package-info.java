/** The delivery log for operators and organizers, and manual resends. */
@NullMarked
package org.lectern.notification.delivery.log;

import org.jspecify.annotations.NullMarked;
