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
import org.lectern.notification.event.BookingEvent;
import org.lectern.notification.event.RequestChanged;
import org.lectern.notification.time.Uuid7;

/** What a branch was told about one version of one booking or lecture request; only whether it was read ever changes. */
@Entity
@Table(name = "notice")
class Notice {

    @Id
    private UUID id;

    @Column(name = "branch_id")
    private UUID branchId;

    private long sequence;

    @Column(name = "event_id")
    @Nullable
    private UUID eventId;

    @Nullable
    private UUID repeats;

    @Column(name = "booking_id")
    @Nullable
    private UUID bookingId;

    @Column(name = "request_id")
    @Nullable
    private UUID requestId;

    private int version;

    @Enumerated(EnumType.STRING)
    private NoticeKind kind;

    private String locale;

    private String title;

    private String body;

    private boolean urgent;

    @Column(name = "starts_at")
    @Nullable
    private Instant startsAt;

    @Column(name = "ends_at")
    @Nullable
    private Instant endsAt;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "read_at")
    @Nullable
    private Instant readAt;

    /** For Hibernate. */
    protected Notice() {}

    /** @param soon a lecture that begins sooner than this, or was to, makes its notice urgent */
    Notice(Draft draft, NoticeText text, long sequence, Instant now, Duration soon) {
        this.id = Uuid7.next();
        this.branchId = draft.branch().id();
        this.sequence = sequence;
        this.eventId = draft.eventId();
        this.version = draft.event().version();
        this.kind = text.kind();
        this.locale = draft.branch().locale();
        this.title = text.title();
        this.body = text.body();
        switch (draft.event()) {
            case BookingEvent booking -> {
                this.bookingId = booking.bookingId();
                this.startsAt = booking.start();
                this.endsAt = booking.end();
            }
            case RequestChanged request -> {
                this.requestId = request.requestId();
                this.startsAt = request.offer() == null ? null : request.offer().start();
                this.endsAt = request.offer() == null ? null : request.offer().end();
            }
        }
        this.urgent = isSoon(startsAt, now, soon)
                || draft.event() instanceof BookingEvent.Rescheduled moved
                        && isSoon(moved.before().start(), now, soon);
        this.createdAt = now;
    }

    private static boolean isSoon(@Nullable Instant start, Instant now, Duration soon) {
        return start != null && now.isBefore(start) && start.isBefore(now.plus(soon));
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

    boolean urgent() {
        return urgent;
    }

    @Nullable
    Instant endsAt() {
        return endsAt;
    }

    NoticeView view() {
        return new NoticeView(
                id, sequence, branchId, kind, bookingId, requestId, version, locale, title, body, urgent, startsAt,
                createdAt, readAt, repeats, null);
    }
}
