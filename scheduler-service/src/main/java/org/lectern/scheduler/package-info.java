/**
 * Books lecturers for lectures at grassroots branches and publishes every change as an event.
 *
 * <p>One package, one capability: {@code booking} is the heart; {@code lecturer}, {@code branch}, {@code venue} and
 * {@code topic} are its registries; {@code outbox} carries events to Kafka; the rest serves them.
 */
@NullMarked
package org.lectern.scheduler;

import org.jspecify.annotations.NullMarked;
