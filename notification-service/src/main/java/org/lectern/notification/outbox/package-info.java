/** Events of this service on their way to Kafka. */
@NullMarked
package org.lectern.notification.outbox;

import org.jspecify.annotations.NullMarked;
