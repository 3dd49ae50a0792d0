package org.lectern.scheduler.lecturer;

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
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.hibernate.annotations.BatchSize;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.event.Uuid7;
import org.lectern.scheduler.place.Place;

/** A person who gives lectures. Changed only by whoever holds the row lock. */
@Entity
@Table(name = "lecturer")
class Lecturer {

    @Id
    private UUID id;

    private int version;
    private String code;
    private String name;
    private String tier;

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

    Lecturer(LecturerRequest request, Instant now) {
        id = Uuid7.next();
        version = 1;
        createdAt = now;
        updatedAt = now;
        take(request);
    }

    /** Becomes what the request says, and whether that changed anything. */
    boolean change(LecturerRequest request, Instant now) {
        boolean stays = request.archived() == null ? archived : request.archived();
        if (code.equals(request.code())
                && name.equals(request.name())
                && tier.equals(request.tier())
                && topicIds.equals(request.topics())
                && Objects.equals(Place.orNull(home), Place.orNull(request.home()))
                && Objects.equals(email, request.email())
                && Objects.equals(phone, request.phone())
                && archived == stays) {
            return false;
        }
        take(request);
        archived = stays;
        raise(now);
        return true;
    }

    void archive(Instant now) {
        if (!archived) {
            archived = true;
            raise(now);
        }
    }

    private void take(LecturerRequest request) {
        code = request.code();
        name = request.name();
        tier = request.tier();
        topicIds.retainAll(request.topics());
        topicIds.addAll(request.topics());
        home = Place.orNull(request.home());
        email = request.email();
        phone = request.phone();
    }

    private void raise(Instant now) {
        version++;
        updatedAt = now;
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
                Place.orNull(home),
                email,
                phone,
                archived);
    }
}
