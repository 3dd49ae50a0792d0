package org.lectern.scheduler.registry.venue;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.time.Monotonic;
import org.lectern.chassis.time.Uuid7;
import org.lectern.scheduler.audit.Audit;
import org.lectern.scheduler.audit.AuditAction;
import org.lectern.scheduler.audit.Kind;
import org.lectern.scheduler.registry.Pinyin;
import org.lectern.scheduler.registry.Place;

/** The place of a lecture. Callers must hold the row lock to change it. */
@Entity
@Table(name = "venue")
class Venue {

    /** A room of a branch, or a dedicated lecture hall. */
    static final List<String> KINDS = List.of("branch-room", "lecture-hall");

    @Id
    private UUID id;

    private int version;
    private String code;
    private String name;
    private @Nullable String pinyin;
    private String kind;

    @Column(name = "branch_id")
    private @Nullable UUID branchId;

    private @Nullable Integer capacity;

    @Embedded
    private @Nullable Place place;

    private boolean archived;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "updated_at")
    private Instant updatedAt;

    /** For Hibernate. */
    protected Venue() {}

    Venue(VenueRequest request, Instant now) {
        id = Uuid7.next();
        version = 1;
        createdAt = now;
        updatedAt = now;
        take(request);
    }

    /** Whether the request would change anything. */
    boolean differs(VenueRequest request) {
        boolean same = code.equals(request.code())
                && name.equals(request.name())
                && kind.equals(request.kind())
                && Objects.equals(branchId, request.branchId())
                && Objects.equals(capacity, request.capacity())
                && Objects.equals(Place.orNull(place), Place.orNull(request.place()))
                && archived == stays(request);
        return !same;
    }

    /** Applies the request; returns whether anything changed. */
    boolean change(VenueRequest request, Instant now) {
        if (!differs(request)) {
            return false;
        }
        take(request);
        archived = stays(request);
        raise(now);
        return true;
    }

    /** Archives the venue; returns whether anything changed. */
    boolean archive(Instant now) {
        if (archived) {
            return false;
        }
        archived = true;
        raise(now);
        return true;
    }

    private boolean stays(VenueRequest request) {
        return request.archived() == null ? archived : request.archived();
    }

    private void take(VenueRequest request) {
        code = request.code();
        name = request.name();
        pinyin = Pinyin.of(name);
        kind = request.kind();
        branchId = request.branchId();
        capacity = request.capacity();
        place = Place.orNull(request.place());
    }

    private void raise(Instant now) {
        version++;
        updatedAt = Monotonic.next(updatedAt, now);
    }

    UUID id() {
        return id;
    }

    int version() {
        return version;
    }

    String code() {
        return code;
    }

    boolean isArchived() {
        return archived;
    }

    VenueView view() {
        return new VenueView(
                id, version, code, name, kind, branchId, capacity, Place.orNull(place), archived, null, null);
    }

    Audit.Change audited(AuditAction deed) {
        return new Audit.Change(Kind.VENUE, id, version, deed, view());
    }
}
