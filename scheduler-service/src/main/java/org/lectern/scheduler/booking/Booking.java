package org.lectern.scheduler.booking;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lectern.chassis.time.Monotonic;
import org.lectern.chassis.time.Uuid7;
import org.lectern.scheduler.booking.BookingRefusal.NoLongerActive;
import org.lectern.scheduler.booking.BookingRefusal.NotCompleted;
import org.lectern.scheduler.booking.BookingRefusal.NotConfirmed;
import org.lectern.scheduler.booking.BookingRefusal.NotHeld;
import org.lectern.scheduler.booking.BookingRefusal.NotStartedYet;
import org.lectern.scheduler.booking.BookingRefusal.RecordedByOrganizers;
import org.lectern.scheduler.booking.Buffers.Occupancy;
import org.lectern.scheduler.reason.Reason;

/**
 * One lecture: the aggregate that must not conflict. Each command checks that the booking can still change and
 * increments the version. Database constraints have the last word on conflicts. Callers must hold the row lock.
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

    @Column(name = "hold_expires_at")
    private @Nullable Instant holdExpiresAt;

    @Column(name = "branch_exclusive")
    private boolean branchExclusive;

    @Column(name = "expected_head_count")
    private @Nullable Integer expectedHeadCount;

    private @Nullable String note;

    private @Nullable String reason;

    @Column(name = "reason_code")
    private @Nullable String reasonCode;

    @Column(name = "head_count")
    private @Nullable Integer headCount;

    @Column(name = "completion_note")
    private @Nullable String completionNote;

    @Column(name = "completion_link")
    private @Nullable String completionLink;

    @Enumerated(EnumType.STRING)
    @Column(name = "recorded_by")
    private BookingView.@Nullable Recorder recordedBy;

    @Column(name = "campaign_id")
    private @Nullable UUID campaignId;

    @Column(name = "travel_overridden")
    private boolean travelLifted;

    @Column(name = "series_id")
    private @Nullable UUID seriesId;

    @Column(name = "series_detached")
    private boolean detached;

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
        status = draft.heldUntil() == null ? BookingStatus.CONFIRMED : BookingStatus.HELD;
        holdExpiresAt = draft.heldUntil();
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
        seriesId = draft.seriesId();
        campaignId = draft.campaignId();
        createdAt = now;
        this.createdBy = createdBy;
        updatedAt = now;
        occupiedFrom = draft.occupancy().from();
        occupiedUntil = draft.occupancy().until();
        startsAt = draft.slot().start();
        endsAt = draft.slot().end();
        zone = draft.slot().zone().getId();
    }

    /** The values of a new booking, already checked by {@link BookingRules}. */
    record Draft(
            Participants parties,
            TimeSlot slot,
            Occupancy occupancy,
            @Nullable Instant heldUntil,
            String format,
            @Nullable String joinLink,
            boolean branchExclusive,
            @Nullable Integer expectedHeadCount,
            @Nullable String note,
            @Nullable UUID seriesId,
            @Nullable UUID campaignId) {}

    /** A new booking: held if it has an expiry, otherwise confirmed. */
    static Booking open(Draft draft, String createdBy, Instant now) {
        return new Booking(draft, createdBy, now);
    }

    /**
     * When, by whom, where and for whom a lecture is.
     *
     * @param exclusive whether the host can hold no other lecture at that time
     * @param heads expected by the host
     */
    record Arrangement(
            TimeSlot slot,
            UUID lecturer,
            @Nullable UUID venue,
            @Nullable String link,
            UUID host,
            boolean exclusive,
            @Nullable Integer heads) {

        Arrangement at(TimeSlot other) {
            return new Arrangement(other, lecturer, venue, link, host, exclusive, heads);
        }

        Arrangement expecting(@Nullable Integer others) {
            return new Arrangement(slot, lecturer, venue, link, host, exclusive, others);
        }
    }

    Arrangement arrangement() {
        return new Arrangement(slot(), lecturerId, venueId, joinLink, branchId, branchExclusive, expectedHeadCount);
    }

    /** Replaces time, lecturer, venue and host; the buffers stay. */
    void rearrange(Arrangement to, Reason why, Instant now) {
        change(why, now);
        occupiedFrom = to.slot().start().minus(Duration.between(occupiedFrom, startsAt));
        occupiedUntil = to.slot().end().plus(Duration.between(endsAt, occupiedUntil));
        startsAt = to.slot().start();
        endsAt = to.slot().end();
        zone = to.slot().zone().getId();
        lecturerId = to.lecturer();
        venueId = to.venue();
        joinLink = to.link();
        branchId = to.host();
        branchExclusive = to.exclusive();
        expectedHeadCount = to.heads();
        travelLifted = false;
    }

    /** What a lecture is about, how it is held, and what organizers noted. */
    record Details(
            UUID topic,
            String format,
            @Nullable Integer heads,
            @Nullable String note) {}

    Details details() {
        return new Details(topicId, format, expectedHeadCount, note);
    }

    /** Changes the details; another format may occupy more or less time around the lecture. */
    void amend(Details to, Occupancy occupancy, Reason why, Instant now) {
        change(why, now);
        topicId = to.topic();
        format = to.format();
        expectedHeadCount = to.heads();
        note = to.note();
        if (!occupancy.equals(occupancy())) {
            travelLifted = false;
        }
        occupiedFrom = occupancy.from();
        occupiedUntil = occupancy.until();
    }

    /** Records that the branches are notified again. */
    void renotify(Reason why, Instant now) {
        change(why, now);
    }

    /** Records a change of guests; the guests themselves are stored beside the booking. */
    void changeGuests(Reason why, Instant now) {
        change(why, now);
    }

    /** Overrides the travel rule for the current time and place. */
    void liftTravel() {
        travelLifted = true;
    }

    /** Detaches an individually changed occurrence from its series, if it has one. */
    void leavePattern() {
        detached = seriesId != null;
    }

    /** Turns a hold into a confirmed lecture. */
    void confirm(Instant now) {
        changeHold(Reason.NONE, now);
        status = BookingStatus.CONFIRMED;
        holdExpiresAt = null;
    }

    /** Releases a hold. */
    void release(Reason why, Instant now) {
        changeHold(why, now);
        status = BookingStatus.RELEASED;
    }

    /** Extends a hold. */
    void extend(Instant until, Instant now) {
        changeHold(Reason.NONE, now);
        holdExpiresAt = until;
    }

    /** Ends an expired hold, as of its expiry. */
    void expire() {
        Instant over = holdExpiresAt;
        if (status != BookingStatus.HELD || over == null) {
            throw new NotHeld(status);
        }
        change(Reason.NONE, over);
        status = BookingStatus.EXPIRED;
    }

    void cancel(Reason why, Instant now) {
        demandConfirmed();
        change(why, now);
        status = BookingStatus.CANCELLED;
    }

    /** Records that the lecture was held. It must have begun. */
    void complete(int heads, @Nullable String remark, @Nullable String link, Instant now) {
        complete(now);
        record(heads, remark, link, BookingView.Recorder.ORGANIZER);
    }

    private void complete(Instant now) {
        demandConfirmed();
        if (now.isBefore(startsAt)) {
            throw new NotStartedYet(slot().localStart());
        }
        change(Reason.NONE, now);
        status = BookingStatus.COMPLETED;
    }

    /**
     * The host's record that the lecture was held. It replaces the host's former one, but never one of the organizers.
     */
    void report(int heads, @Nullable String remark, @Nullable String link, Instant now) {
        if (status == BookingStatus.COMPLETED) {
            if (recordedBy != BookingView.Recorder.BRANCH) {
                throw new RecordedByOrganizers();
            }
            nextVersion(Reason.NONE, now);
        } else {
            complete(now);
        }
        record(heads, remark, link, BookingView.Recorder.BRANCH);
    }

    private void record(int heads, @Nullable String remark, @Nullable String link, BookingView.Recorder by) {
        headCount = heads;
        completionNote = remark;
        completionLink = link;
        recordedBy = by;
    }

    /** Corrects the record of a lecture that was held. */
    void correct(int heads, @Nullable String remark, @Nullable String link, Reason why, Instant now) {
        if (status != BookingStatus.COMPLETED) {
            throw new NotCompleted(status);
        }
        nextVersion(why, now);
        record(heads, remark, link, BookingView.Recorder.ORGANIZER);
    }

    private void change(Reason why, Instant now) {
        demandActive();
        nextVersion(why, now);
    }

    private void nextVersion(Reason why, Instant now) {
        version++;
        reason = why.text();
        reasonCode = why.code();
        updatedAt = Monotonic.next(updatedAt, now); // history is ordered by time
    }

    private void changeHold(Reason why, Instant now) {
        if (status != BookingStatus.HELD) {
            throw new NotHeld(status);
        }
        change(why, now);
    }

    private void demandActive() {
        if (!status.isActive()) {
            throw new NoLongerActive(status);
        }
    }

    private void demandConfirmed() {
        demandActive();
        if (status == BookingStatus.HELD) {
            throw new NotConfirmed();
        }
    }

    Occupancy occupancy() {
        return new Occupancy(occupiedFrom, occupiedUntil);
    }

    @Nullable
    Instant holdExpiresAt() {
        return holdExpiresAt;
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
    String reasonCode() {
        return reasonCode;
    }

    @Nullable
    Integer headCount() {
        return headCount;
    }

    @Nullable
    String completionNote() {
        return completionNote;
    }

    @Nullable
    String completionLink() {
        return completionLink;
    }

    BookingView.@Nullable Recorder recordedBy() {
        return recordedBy;
    }

    @Nullable
    UUID campaignId() {
        return campaignId;
    }

    @Nullable
    UUID seriesId() {
        return seriesId;
    }

    boolean isDetached() {
        return detached;
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
