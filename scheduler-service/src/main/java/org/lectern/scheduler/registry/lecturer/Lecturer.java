package org.lectern.scheduler.registry.lecturer;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.hibernate.annotations.BatchSize;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.time.Monotonic;
import org.lectern.chassis.time.Uuid7;
import org.lectern.scheduler.audit.Audit;
import org.lectern.scheduler.audit.AuditAction;
import org.lectern.scheduler.audit.Kind;
import org.lectern.scheduler.registry.Pinyin;
import org.lectern.scheduler.registry.Place;

/** A person who gives lectures. Callers must hold the row lock to change it. */
@Entity
@Table(name = "lecturer")
class Lecturer {

    @Id
    private UUID id;

    private int version;
    private String code;
    private String name;
    private @Nullable String pinyin;
    private String tier;
    private String zone;
    private String locale;

    @ElementCollection
    @CollectionTable(name = "lecturer_topic", joinColumns = @JoinColumn(name = "lecturer_id"))
    @Column(name = "topic_id")
    @BatchSize(size = 500)
    private Set<UUID> topicIds = new HashSet<>();

    @Embedded
    private @Nullable Place home;

    private @Nullable String email;
    private @Nullable String phone;
    private boolean archived;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "updated_at")
    private Instant updatedAt;

    /** For Hibernate. */
    protected Lecturer() {}

    /** The request must name zone and language. */
    Lecturer(LecturerRequest request, Instant now) {
        id = Uuid7.next();
        version = 1;
        createdAt = now;
        updatedAt = now;
        take(request);
    }

    /** Whether the request would change anything. */
    boolean differs(LecturerRequest request) {
        boolean same = code.equals(request.code())
                && name.equals(request.name())
                && tier.equals(request.tier())
                && topicIds.equals(request.topics())
                && zone.equals(request.zone())
                && locale.equals(request.locale())
                && Objects.equals(Place.orNull(home), Place.orNull(request.home()))
                && Objects.equals(email, request.email())
                && Objects.equals(phone, request.phone())
                && archived == stays(request);
        return !same;
    }

    /** Applies the request; returns whether anything changed. */
    boolean change(LecturerRequest request, Instant now) {
        if (!differs(request)) {
            return false;
        }
        take(request);
        archived = stays(request);
        raise(now);
        return true;
    }

    /** Archives the lecturer; returns whether anything changed. */
    boolean archive(Instant now) {
        if (archived) {
            return false;
        }
        archived = true;
        raise(now);
        return true;
    }

    /** Forgets home and contact; returns whether anything changed. */
    boolean forgetContact(Instant now) {
        if (contact().equals(new Contact(null, null, null))) {
            return false;
        }
        home = null;
        email = null;
        phone = null;
        raise(now);
        return true;
    }

    private boolean stays(LecturerRequest request) {
        return request.archived() == null ? archived : request.archived();
    }

    private void take(LecturerRequest request) {
        code = request.code();
        name = request.name();
        pinyin = Pinyin.ofPerson(name);
        tier = request.tier();
        topicIds.retainAll(request.topics());
        topicIds.addAll(request.topics());
        zone = Objects.requireNonNull(request.zone());
        locale = Objects.requireNonNull(request.locale());
        home = Place.orNull(request.home());
        email = request.email();
        phone = request.phone();
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

    LecturerView view() {
        return new LecturerView(
                id,
                version,
                code,
                name,
                tier,
                topicIds.stream().sorted().toList(),
                zone,
                locale,
                Place.orNull(home),
                email,
                phone,
                archived,
                null,
                null);
    }

    LecturerChanged event() {
        return new LecturerChanged(id, version, code, name, zone, locale, archived, updatedAt);
    }

    /** Contact data, stored only here. */
    record Contact(
            @Nullable Place home,
            @Nullable String email,
            @Nullable String phone) {}

    Contact contact() {
        return new Contact(Place.orNull(home), email, phone);
    }

    /**
     * The audit state of a lecturer. The audit is permanent, so it must not contain erasable personal data. For home
     * and contact it records only whether they are set and whether this change affected them.
     */
    record Audited(
            UUID id,
            int version,
            String code,
            String name,
            String tier,
            List<UUID> topicIds,
            String zone,
            String locale,
            boolean hasHome,
            boolean hasEmail,
            boolean hasPhone,
            boolean contactChanged,
            boolean archived) {}

    Audit.Change entered() {
        return changed(AuditAction.ENTERED, new Contact(null, null, null));
    }

    Audit.Change changed(AuditAction deed, Contact before) {
        Contact now = contact();
        var state = new Audited(
                id,
                version,
                code,
                name,
                tier,
                topicIds.stream().sorted().toList(),
                zone,
                locale,
                now.home() != null,
                now.email() != null,
                now.phone() != null,
                !now.equals(before),
                archived);
        return new Audit.Change(Kind.LECTURER, id, version, deed, state);
    }
}
