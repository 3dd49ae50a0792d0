package org.lectern.notification.notice;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.notification.time.Uuid7;

/** What a branch was told about one version of one booking; only whether it was read ever changes. */
@Entity
@Table(name = "notice")
class Notice {

    /** A lecture that begins sooner than this after its notice is urgent. */
    private static final Duration SOON = Duration.ofHours(24);

    @Id
    private UUID id;

    @Column(name = "branch_id")
    private UUID branchId;

    private long sequence;

    @Column(name = "event_id")
    private UUID eventId;

    @Column(name = "booking_id")
    private UUID bookingId;

    @Column(name = "booking_version")
    private int bookingVersion;

    @Enumerated(EnumType.STRING)
    private NoticeKind kind;

    private String locale;

    private String title;

    private String body;

    private boolean urgent;

    @Column(name = "starts_at")
    private Instant startsAt;

    @Column(name = "ends_at")
    private Instant endsAt;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "read_at")
    @Nullable
    private Instant readAt;

    /** For Hibernate. */
    protected Notice() {}

    Notice(Draft draft, NoticeText text, long sequence, Instant now) {
        this.id = Uuid7.next();
        this.branchId = draft.branch().id();
        this.sequence = sequence;
        this.eventId = draft.eventId();
        this.bookingId = draft.event().bookingId();
        this.bookingVersion = draft.event().version();
        this.kind = text.kind();
        this.locale = draft.branch().locale();
        this.title = text.title();
        this.body = text.body();
        this.startsAt = draft.event().start();
        this.endsAt = draft.event().end();
        this.urgent = now.isBefore(startsAt) && startsAt.isBefore(now.plus(SOON));
        this.createdAt = now;
    }

    /** Somebody of the branch has read it; the first time counts. */
    void read(Instant now) {
        if (readAt == null) {
            readAt = now;
        }
    }

    UUID id() {
        return id;
    }

    UUID branchId() {
        return branchId;
    }

    long sequence() {
        return sequence;
    }

    Instant endsAt() {
        return endsAt;
    }

    NoticeView view() {
        return new NoticeView(
                id,
                sequence,
                branchId,
                kind,
                bookingId,
                bookingVersion,
                locale,
                title,
                body,
                urgent,
                startsAt,
                createdAt,
                readAt);
    }
}
