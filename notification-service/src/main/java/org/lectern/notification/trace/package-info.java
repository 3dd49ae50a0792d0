/** Traces that continue across Kafka and across the delivery queue. */
@NullMarked
package org.lectern.notification.trace;

import org.jspecify.annotations.NullMarked;
