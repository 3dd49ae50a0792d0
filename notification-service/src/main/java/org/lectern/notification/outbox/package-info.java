/** The outbox: this service's events for Kafka. */
@NullMarked
package org.lectern.notification.outbox;

import org.jspecify.annotations.NullMarked;
