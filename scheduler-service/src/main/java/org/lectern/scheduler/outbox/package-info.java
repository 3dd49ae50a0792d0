/** Delivers events from the transaction of a change to Kafka: no loss, in order per aggregate. */
@NullMarked
package org.lectern.scheduler.outbox;

import org.jspecify.annotations.NullMarked;
