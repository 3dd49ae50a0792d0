/** Traces that go on across Kafka and across the wait in a queue. */
@NullMarked
package org.lectern.notification.trace;

import org.jspecify.annotations.NullMarked;
