/** Takes the scheduler's events from Kafka: each once in effect, in order per booking, none lost, poison set aside. */
@NullMarked
package org.lectern.notification.intake;

import org.jspecify.annotations.NullMarked;
