/** From the transaction of a change to Kafka: nothing lost, in order per aggregate. */
@NullMarked
package org.lectern.scheduler.outbox;

import org.jspecify.annotations.NullMarked;
