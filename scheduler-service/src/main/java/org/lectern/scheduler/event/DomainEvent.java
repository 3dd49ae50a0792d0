package org.lectern.scheduler.event;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A change of one aggregate. Implementations are records. Their components are the event data as JSON on the wire, and
 * never contain contact data.
 */
public interface DomainEvent {

    EventCatalog type();

    /** The aggregate: CloudEvents {@code subject} and key of the Kafka record. */
    UUID subject();

    /** The aggregate's version after the change, gapless from 1: CloudEvents {@code sequence}. */
    int sequence();

    Instant occurredAt();

    /** Until when a new consumer needs this event; empty when it is not needed after publication. */
    default Optional<Instant> neededUntil() {
        return Optional.empty();
    }
}
