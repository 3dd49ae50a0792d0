package org.lectern.scheduler.event;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Something that happened to one aggregate. An implementation is a record whose components are the event's data, as
 * they stand in JSON on the wire: no contact data, ever.
 */
public interface DomainEvent {

    EventCatalog type();

    /** The aggregate it happened to: CloudEvents {@code subject} and key of the Kafka record. */
    UUID subject();

    /** The aggregate's version after it, gapless from 1: CloudEvents {@code sequence}. */
    int sequence();

    Instant occurredAt();

    /** Until when somebody who begins anew must hear of it; nothing when its time is over once it was told. */
    default Optional<Instant> neededUntil() {
        return Optional.empty();
    }
}
