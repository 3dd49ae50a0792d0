package org.lectern.scheduler.registry.branch;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
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

/** An organization unit that receives lectures and notices. Callers must hold the row lock to change it. */
@Entity
@Table(name = "branch")
class Branch {

    @Id
    private UUID id;

    private int version;
    private String code;
    private String name;
    private @Nullable String pinyin;
    private String kind;

    @Column(name = "parent_id")
    private @Nullable UUID parentId;

    private String zone;
    private String locale;

    @Column(name = "head_count")
    private @Nullable Integer headCount;

    private boolean parallel;

    @Embedded
    private @Nullable Place place;

    private boolean archived;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "updated_at")
    private Instant updatedAt;

    /** For Hibernate. */
    protected Branch() {}

    /** The values of a branch, with all defaults applied. */
    record State(
            String code,
            String name,
            String kind,
            @Nullable UUID parentId,
            String zone,
            String locale,
            @Nullable Integer headCount,
            boolean parallel,
            @Nullable Place place) {}

    Branch(State state, Instant now) {
        this(Uuid7.next(), state, now);
    }

    /** With an id that was assigned before. */
    Branch(UUID id, State state, Instant now) {
        this.id = id;
        version = 1;
        createdAt = now;
        updatedAt = now;
        take(state);
    }

    /** Sets the values; returns whether anything changed. */
    boolean change(State state, boolean archive, Instant now) {
        if (state().equals(state) && archived == archive) {
            return false;
        }
        take(state);
        archived = archive;
        version++;
        updatedAt = Monotonic.next(updatedAt, now);
        return true;
    }

    boolean archive(Instant now) {
        return change(state(), true, now);
    }

    private void take(State state) {
        code = state.code();
        name = state.name();
        pinyin = Pinyin.of(name);
        kind = state.kind();
        parentId = state.parentId();
        zone = state.zone();
        locale = state.locale();
        headCount = state.headCount();
        parallel = state.parallel();
        place = state.place();
    }

    private State state() {
        return new State(code, name, kind, parentId, zone, locale, headCount, parallel, Place.orNull(place));
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

    @Nullable
    UUID parentId() {
        return parentId;
    }

    boolean hasParent(@Nullable UUID other) {
        return Objects.equals(parentId, other);
    }

    boolean isParallel() {
        return parallel;
    }

    boolean isArchived() {
        return archived;
    }

    BranchView view() {
        return new BranchView(
                id,
                version,
                code,
                name,
                kind,
                parentId,
                zone,
                locale,
                headCount,
                parallel,
                Place.orNull(place),
                archived);
    }

    BranchChanged event() {
        return new BranchChanged(id, version, code, name, kind, parentId, zone, locale, archived, updatedAt);
    }

    Audit.Change audited(AuditAction deed) {
        return new Audit.Change(Kind.BRANCH, id, version, deed, view());
    }
}
