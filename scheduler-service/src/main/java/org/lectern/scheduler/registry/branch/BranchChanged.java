package org.lectern.scheduler.registry.branch;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.event.DomainEvent;
import org.lectern.scheduler.event.EventCatalog;

/** The public state of a branch after a change. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record BranchChanged(
        UUID branchId,
        int version,
        String code,
        String name,
        String kind,
        @Nullable UUID parentId,
        String zone,
        String locale,
        boolean archived,
        @JsonIgnore Instant at)
        implements DomainEvent {

    @Override
    public EventCatalog type() {
        return EventCatalog.BRANCH_CHANGED;
    }

    @Override
    public UUID subject() {
        return branchId;
    }

    @Override
    public int sequence() {
        return version;
    }

    @Override
    public Instant occurredAt() {
        return at;
    }

    /** Needed for ever: a new consumer needs all branches. */
    @Override
    public Optional<Instant> neededUntil() {
        return Optional.of(Instant.MAX);
    }
}
