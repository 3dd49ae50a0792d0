package org.lectern.scheduler.registry.topic;

import jakarta.persistence.Column;
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

/** The subject of a lecture. Callers must hold the row lock to change it. */
@Entity
@Table(name = "topic")
class Topic {

    @Id
    private UUID id;

    private int version;
    private String code;
    private String title;
    private @Nullable String pinyin;
    private @Nullable String description;

    @Column(name = "duration_minutes")
    private int durationMinutes;

    @Column(name = "material_url")
    private @Nullable String materialUrl;

    private boolean archived;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "updated_at")
    private Instant updatedAt;

    /** For Hibernate. */
    protected Topic() {}

    Topic(TopicRequest request, Instant now) {
        id = Uuid7.next();
        version = 1;
        createdAt = now;
        updatedAt = now;
        take(request);
    }

    /** Whether the request would change anything. */
    boolean differs(TopicRequest request) {
        boolean same = code.equals(request.code())
                && title.equals(request.title())
                && Objects.equals(description, request.description())
                && durationMinutes == request.durationMinutes()
                && Objects.equals(materialUrl, request.materialUrl())
                && archived == stays(request);
        return !same;
    }

    /** Applies the request; returns whether anything changed. */
    boolean change(TopicRequest request, Instant now) {
        if (!differs(request)) {
            return false;
        }
        take(request);
        archived = stays(request);
        raise(now);
        return true;
    }

    /** Archives the topic; returns whether anything changed. */
    boolean archive(Instant now) {
        if (archived) {
            return false;
        }
        archived = true;
        raise(now);
        return true;
    }

    private boolean stays(TopicRequest request) {
        return request.archived() == null ? archived : request.archived();
    }

    private void take(TopicRequest request) {
        code = request.code();
        title = request.title();
        pinyin = Pinyin.of(title);
        description = request.description();
        durationMinutes = request.durationMinutes();
        materialUrl = request.materialUrl();
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

    TopicView view() {
        return new TopicView(id, version, code, title, description, durationMinutes, materialUrl, archived, null, null);
    }

    Audit.Change audited(AuditAction deed) {
        return new Audit.Change(Kind.TOPIC, id, version, deed, view());
    }
}
