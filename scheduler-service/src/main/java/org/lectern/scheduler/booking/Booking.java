package org.lectern.scheduler.booking;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.scheduler.event.Uuid7;

/**
 * One lecture: the aggregate that must not clash. Each verb checks that the booking can still change, raises the
 * version by one and leaves the rest to the database, whose constraints are the last word on clashes. A booking is
 * changed only by whoever holds its row lock.
 */
@Entity
@Table(name = "booking")
class Booking {

    @Id
    private UUID id;

    private int version;

    @Enumerated(EnumType.STRING)
    private BookingStatus status;

    @Column(name = "lecturer_id")
    private UUID lecturerId;

    @Column(name = "topic_id")
    private UUID topicId;

    @Column(name = "branch_id")
    private UUID branchId;

    @Column(name = "venue_id")
    private @Nullable UUID venueId;

    @Column(name = "join_link")
    private @Nullable String joinLink;

    private String format;

    @Column(name = "starts_at")
    private Instant startsAt;

    @Column(name = "ends_at")
    private Instant endsAt;

    private String zone;

    @Column(name = "occupied_from")
    private Instant occupiedFrom;

    @Column(name = "occupied_until")
    private Instant occupiedUntil;

    @Column(name = "branch_exclusive")
    private boolean branchExclusive;

    @Column(name = "expected_head_count")
    private @Nullable Integer expectedHeadCount;

    private @Nullable String note;

    private @Nullable String reason;

    @Column(name = "head_count")
    private @Nullable Integer headCount;

    @Column(name = "completion_note")
    private @Nullable String completionNote;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "created_by")
    private String createdBy;

    @Column(name = "updated_at")
    private Instant updatedAt;

    /** For Hibernate. */
    protected Booking() {}

    private Booking(Draft draft, String createdBy, Instant now) {
        id = Uuid7.next();
        version = 1;
        status = BookingStatus.CONFIRMED;
        lecturerId = draft.parties().lecturer().id();
        topicId = draft.parties().topic().id();
        branchId = draft.parties().branch().id();
        venueId =
                draft.parties().venue() == null ? null : draft.parties().venue().id();
        joinLink = draft.joinLink();
        format = draft.format();
        branchExclusive = draft.branchExclusive();
        expectedHeadCount = draft.expectedHeadCount();
        note = draft.note();
        createdAt = now;
        this.createdBy = createdBy;
        updatedAt = now;
        take(draft.slot());
    }

    /** What a new booking is made of; checked before by {@link BookingRules}. */
    record Draft(
            Parties parties,
            TimeSlot slot,
            String format,
            @Nullable String joinLink,
            boolean branchExclusive,
            @Nullable Integer expectedHeadCount,
            @Nullable String note) {}

    static Booking confirm(Draft draft, String createdBy, Instant now) {
        return new Booking(draft, createdBy, now);
    }

    /** Moves the lecture to another time. */
    void reschedule(TimeSlot slot, String why, Instant now) {
        change(why, now);
        take(slot);
    }

    /** Gives the lecture to another lecturer, or to another venue or join link. */
    void reassign(UUID lecturer, @Nullable UUID venue, @Nullable String link, String why, Instant now) {
        change(why, now);
        lecturerId = lecturer;
        venueId = venue;
        joinLink = link;
    }

    void cancel(String why, Instant now) {
        change(why, now);
        status = BookingStatus.CANCELLED;
    }

    /** Records that the lecture was held. Only what has begun can have been held. */
    void complete(int heads, @Nullable String remark, Instant now) {
        if (now.isBefore(startsAt)) {
            throw new NotStartedYet(slot().localStart());
        }
        change(null, now);
        status = BookingStatus.COMPLETED;
        headCount = heads;
        completionNote = remark;
    }

    private void change(@Nullable String why, Instant now) {
        if (status != BookingStatus.CONFIRMED) {
            throw new NoLongerActive(status);
        }
        version++;
        reason = why;
        updatedAt = now;
    }

    private void take(TimeSlot slot) {
        startsAt = slot.start();
        endsAt = slot.end();
        zone = slot.zone().getId();
        occupiedFrom = startsAt;
        occupiedUntil = endsAt;
    }

    TimeSlot slot() {
        return new TimeSlot(startsAt, endsAt, ZoneId.of(zone));
    }

    UUID id() {
        return id;
    }

    int version() {
        return version;
    }

    BookingStatus status() {
        return status;
    }

    UUID lecturerId() {
        return lecturerId;
    }

    UUID topicId() {
        return topicId;
    }

    UUID branchId() {
        return branchId;
    }

    @Nullable
    UUID venueId() {
        return venueId;
    }

    @Nullable
    String joinLink() {
        return joinLink;
    }

    String format() {
        return format;
    }

    @Nullable
    Integer expectedHeadCount() {
        return expectedHeadCount;
    }

    @Nullable
    String note() {
        return note;
    }

    @Nullable
    String reason() {
        return reason;
    }

    @Nullable
    Integer headCount() {
        return headCount;
    }

    @Nullable
    String completionNote() {
        return completionNote;
    }

    Instant createdAt() {
        return createdAt;
    }

    String createdBy() {
        return createdBy;
    }

    Instant updatedAt() {
        return updatedAt;
    }
}
