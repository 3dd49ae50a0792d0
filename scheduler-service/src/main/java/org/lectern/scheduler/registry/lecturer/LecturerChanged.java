package org.lectern.scheduler.registry.lecturer;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.lectern.scheduler.event.DomainEvent;
import org.lectern.scheduler.event.EventCatalog;

/** The public state of a lecturer after a change; no contact data. */
record LecturerChanged(
        UUID lecturerId,
        int version,
        String code,
        String name,
        String zone,
        String locale,
        boolean archived,
        @JsonIgnore Instant at)
        implements DomainEvent {

    @Override
    public EventCatalog type() {
        return EventCatalog.LECTURER_CHANGED;
    }

    @Override
    public UUID subject() {
        return lecturerId;
    }

    @Override
    public int sequence() {
        return version;
    }

    @Override
    public Instant occurredAt() {
        return at;
    }

    /** Needed for ever: a new consumer needs all lecturers. */
    @Override
    public Optional<Instant> neededUntil() {
        return Optional.of(Instant.MAX);
    }
}
