/**
 * Processes the scheduler's events from Kafka: exactly once in effect, in order per booking; invalid records are
 * quarantined.
 */
@NullMarked
package org.lectern.notification.intake;

import org.jspecify.annotations.NullMarked;
